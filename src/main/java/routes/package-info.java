/**
 * Camclips: clips from cameras that record all day. What happens to a request is written in {@code camel/*.camel.yaml};
 * these packages hold the beans that the routes call.
 *
 * <ul>
 *   <li>{@code clip}: the request, the plan of a clip (all arithmetic with time), and what is announced
 *   <li>{@code media}: ffmpeg, the scratch folders it works in, the cut, the thumbnails; {@code mp4} reads and writes MP4
 *   <li>{@code jobs}: the truth about each request: the jobs table, leases, the sweep
 *   <li>{@code api}: the REST API around its routes: who may ask, what is refused, how a job is answered
 *   <li>{@code failure}: what can go wrong and what each means; the rules are in {@code camel/policies.camel.yaml}
 *   <li>{@code observe}: what is counted, and who may look at it with Hawtio
 * </ul>
 */
package routes;
