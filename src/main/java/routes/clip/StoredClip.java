package routes.clip;

import java.util.List;
import routes.cut.TimeAnchor;

/**
 * A clip in the destination bucket.
 *
 * @param jobId of the job that made it
 * @param key of the object
 * @param etag of its frames for clients, weak, with quotes; another run of the job has another one
 * @param isKnown whether the client has its frames already
 * @param anchors in chronological order, at least one
 */
public record StoredClip(String jobId, String key, String etag, boolean isKnown, List<TimeAnchor> anchors) {}
