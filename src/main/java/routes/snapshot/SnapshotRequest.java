package routes.snapshot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request for one frame.
 *
 * @param jobId of the job to be written; null if the picture is only answered
 * @param stream name of a live stream; null for a frame of a camera
 * @param cameraId null for a live stream
 * @param at instant at which the frame is shown, UTC; null for the newest one
 * @param width maximum width in pixels; 0 for that of the recording
 * @param quality of the JPEG, 1 to 100
 * @param tolerance maximum age of a frame before a gap, counted from {@code at}
 * @param maxAge maximum age of a frame of a live stream
 * @param known ETags that the client has; null if none
 * @param askedAt when the request was received
 * @param reach how far around {@code at}, or before {@code askedAt}, recordings are looked up
 */
public record SnapshotRequest(
        String jobId,
        String stream,
        String cameraId,
        Instant at,
        int width,
        int quality,
        Duration tolerance,
        Duration maxAge,
        String known,
        Instant askedAt,
        Duration reach) {
    static final int QUALITY = 80;
    static final Duration TOLERANCE = Duration.ofSeconds(2);
    static final Duration MAX_AGE = Duration.ofSeconds(30);
    /** First reach around {@code at}: at least the longest tolerance. */
    private static final Duration AROUND = Duration.ofSeconds(60);
    /** Next reach, and the first one for the newest recording. */
    private static final Duration HOUR = Duration.ofHours(1);

    static SnapshotRequest of(String jobId, String stream, String cameraId, Instant at, Instant askedAt) {
        Duration first = at == null ? HOUR : AROUND;
        return new SnapshotRequest(jobId, stream, cameraId, at, 0, QUALITY, TOLERANCE, MAX_AGE, null, askedAt, first);
    }

    SnapshotRequest withPicture(int otherWidth, int otherQuality) {
        return new SnapshotRequest(
                jobId, stream, cameraId, at, otherWidth, otherQuality, tolerance, maxAge, known, askedAt, reach);
    }

    SnapshotRequest withLimits(Duration otherTolerance, Duration otherMaxAge) {
        return new SnapshotRequest(
                jobId, stream, cameraId, at, width, quality, otherTolerance, otherMaxAge, known, askedAt, reach);
    }

    SnapshotRequest withKnown(String etags) {
        return new SnapshotRequest(
                jobId, stream, cameraId, at, width, quality, tolerance, maxAge, etags, askedAt, reach);
    }

    /**
     * @param longest reach
     * @return the same with the next reach; empty if there is no longer one
     */
    Optional<SnapshotRequest> reachingFurther(Duration longest) {
        Duration next = reach.compareTo(HOUR) < 0 && longest.compareTo(HOUR) > 0 ? HOUR : longest;
        return next.compareTo(reach) <= 0
                ? Optional.empty()
                : Optional.of(new SnapshotRequest(
                        jobId, stream, cameraId, at, width, quality, tolerance, maxAge, known, askedAt, next));
    }

    /** @return equal for requests that may share an outcome */
    SnapshotRequest shared() {
        return new SnapshotRequest(
                isStored() ? "" : null, stream, cameraId, at, width, quality, tolerance, maxAge, null, null, null);
    }

    public boolean isLive() {
        return stream != null;
    }

    public boolean isStored() {
        return jobId != null;
    }

    /** @return stream or camera id, by which its job is listed */
    String subject() {
        return isLive() ? stream : cameraId;
    }

    /** @return start of the interval in which recordings are looked up, inclusive */
    public Instant start() {
        return at == null ? askedAt.minus(reach) : at.minus(reach);
    }

    /** @return end of that interval, exclusive */
    public Instant end() {
        return at == null ? askedAt : at.plus(reach);
    }

    /** @return whether the picture, once it is found, is the same for every later request */
    boolean isOfThePast() {
        return at != null;
    }

    /** @return as in the contract */
    String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        if (isLive()) {
            root.put("stream", stream);
        } else {
            root.put("cameraId", cameraId);
        }
        if (at != null) {
            root.put("at", at.toString());
        }
        if (width > 0) {
            root.put("width", width);
        }
        root.put("quality", quality);
        return (isLive() ? root.put("maxAge", maxAge.toSeconds()) : root.put("tolerance", tolerance.toSeconds()))
                .toString();
    }
}
