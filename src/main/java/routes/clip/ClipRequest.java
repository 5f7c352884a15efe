package routes.clip;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import routes.jobs.JobRequest;

/**
 * A request for one clip, as in {@code clip-request.json}.
 *
 * @param clipId chosen by the client, and also the id of the job
 * @param start inclusive, UTC
 * @param end exclusive, UTC
 * @param title any text on one line, or null; not part of the identity
 * @param retryTimestamps {@code SentTimestamp} of the latest earlier messages of this request, at most 1,000, in ms since
 *     1970
 * @param sequence number of all earlier messages of this request
 */
public record ClipRequest(
        String clipId,
        String cameraId,
        Instant start,
        Instant end,
        String title,
        List<Long> retryTimestamps,
        int sequence)
        implements JobRequest {
    static final int MOST_TIMESTAMPS = 1000;

    /** With all retry timestamps. */
    public ClipRequest(
            String clipId, String cameraId, Instant start, Instant end, String title, List<Long> retryTimestamps) {
        this(clipId, cameraId, start, end, title, retryTimestamps, retryTimestamps.size());
    }

    /** Without a title. */
    public ClipRequest(String clipId, String cameraId, Instant start, Instant end, List<Long> retryTimestamps) {
        this(clipId, cameraId, start, end, null, retryTimestamps);
    }

    @Override
    public String jobId() {
        return clipId;
    }

    @Override
    public String subject() {
        return cameraId;
    }

    @Override
    public String identity() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("clipId", clipId)
                .put("cameraId", cameraId)
                .put("startTimestampInMs", start.toEpochMilli())
                .put("endTimestampInMs", end.toEpochMilli())
                .toString();
    }

    @Override
    public String message() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        if (!retryTimestamps.isEmpty()) {
            retryTimestamps.forEach(root.putArray("retryTimestamps")::add);
        }
        if (sequence > retryTimestamps.size()) {
            root.put("sequence", sequence);
        }
        return root.toString();
    }

    ClipRequest withClipId(String id) {
        return new ClipRequest(id, cameraId, start, end, title, retryTimestamps, sequence);
    }

    /** @return the first message of the same request */
    ClipRequest first() {
        return new ClipRequest(clipId, cameraId, start, end, title, List.of());
    }

    /**
     * @param sent {@code SentTimestamp} of the message of this request, in ms since 1970
     * @return the next message of the same request
     */
    ClipRequest next(long sent) {
        List<Long> sentSoFar = new ArrayList<>(retryTimestamps);
        sentSoFar.add(sent);
        int from = Math.max(0, sentSoFar.size() - MOST_TIMESTAMPS);
        List<Long> latest = List.copyOf(sentSoFar.subList(from, sentSoFar.size()));
        return new ClipRequest(clipId, cameraId, start, end, title, latest, sequence + 1);
    }
}
