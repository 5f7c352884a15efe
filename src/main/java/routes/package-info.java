/**
 * Camclips cuts clips from the recordings of cameras. The routes in {@code camel/<flow>/*.camel.yaml} define how a
 * request is processed. These packages contain the beans that the routes call. A package depends only on those listed
 * after it.
 *
 * <ul>
 *   <li>{@code start}: checked settings, one-line start errors, extra routes
 *   <li>{@code clip}: the clip job type with its request, plan, result and event
 *   <li>{@code transcode}: the transcode job type; {@code hls} makes streams, {@code
 *       mediaconvert} has them made, {@code play} plays them
 *   <li>{@code api}: REST filters, problems and security; job responses; legacy responses
 *   <li>{@code delivery}: sinks of the event of a decided job
 *   <li>{@code camera}: responses of the camera API, and the cache of aliases
 *   <li>{@code fetch}: planning and download of the byte ranges that a clip needs
 *   <li>{@code cut}: smart cut, boundary and full encoders, thumbnails
 *   <li>{@code ffmpeg}: the only class that starts a process; its output and progress
 *   <li>{@code scratch}: workspaces and reservation of scratch space
 *   <li>{@code mp4}: reader and writer of MP4 sample tables; depends only on the JDK
 *   <li>{@code jobs}: job types, the jobs table and its transitions, leases, sweep, redelivery, dead letters
 *   <li>{@code aws}: the only SDK clients, endpoints, header filter, queues, resource checks
 *   <li>{@code observe}: meters, and security of the management console
 *   <li>{@code failure}: exceptions, by how they are handled
 *   <li>{@code settings}: all settings, validated
 * </ul>
 */
package routes;
