/**
 * Camclips: clips from cameras that record all day. The routes in {@code camel/<flow>/*.camel.yaml} define what happens
 * to a request; these packages hold the beans that the routes call. A package depends on those listed behind it only.
 *
 * <ul>
 *   <li>{@code start}: checked settings, one-line start errors, extra routes
 *   <li>{@code clip}: the clip job type: its request, plan, result and event
 *   <li>{@code api}: REST filters, problems and security; job responses; the legacy forms
 *   <li>{@code delivery}: sinks of a decided document
 *   <li>{@code camera}: what the camera API answers
 *   <li>{@code fetch}: which bytes of a recording are needed, and getting them
 *   <li>{@code cut}: smart cut, boundary and full encoders, thumbnails
 *   <li>{@code ffmpeg}: the only class that starts a process; its output and progress
 *   <li>{@code scratch}: workspaces and the reservation of space
 *   <li>{@code mp4}: MP4 sample tables read and written; uses the JDK only
 *   <li>{@code jobs}: job types, the jobs table and its transitions, leases, sweep, redelivery, dead letters
 *   <li>{@code aws}: the only SDK clients, endpoints, header filter, queues, resource checks
 *   <li>{@code observe}: meters, and the security of the management console
 *   <li>{@code failure}: exceptions and what each means
 *   <li>{@code settings}: every setting, validated
 * </ul>
 */
package routes;
