package routes.clip;

import java.time.Instant;
import java.util.List;

/**
 * A wish for one clip, as in {@code clip-request.json}.
 *
 * @param clipId the client's name for the clip, and the id of its job
 * @param start inclusive, UTC
 * @param end exclusive, UTC
 * @param retryTimestamps when each earlier message of this request was sent, in ms since 1970
 */
public record ClipRequest(String clipId, String cameraId, Instant start, Instant end, List<Long> retryTimestamps) {
    /** @return which look for footage this message asks for: 0 for the first */
    public int attempt() {
        return retryTimestamps.size();
    }

    ClipRequest withClipId(String id) {
        return new ClipRequest(id, cameraId, start, end, retryTimestamps);
    }

    ClipRequest withRetryTimestamps(List<Long> timestamps) {
        return new ClipRequest(clipId, cameraId, start, end, List.copyOf(timestamps));
    }
}
