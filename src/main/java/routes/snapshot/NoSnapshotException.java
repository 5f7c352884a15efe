package routes.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import routes.failure.ClientErrorException;

/** There is no picture, for a reason that the client can act on. */
public final class NoSnapshotException extends ClientErrorException {
    private static final int NOT_FOUND = 404;
    private static final int UNDECODABLE = 422;
    private static final int TOO_MANY = 429;
    private static final Duration THROTTLED = Duration.ofSeconds(2);

    private final transient Map<String, Object> members;

    private NoSnapshotException(int status, String detail, Duration retryAfter, Map<String, Object> members) {
        super(status, detail, List.of(), retryAfter);
        this.members = members;
    }

    static NoSnapshotException unknownStream(String stream) {
        return new NoSnapshotException(NOT_FOUND, "there is no stream " + stream, null, Map.of());
    }

    /** The newest frame was removed meanwhile. */
    static NoSnapshotException gone() {
        return new NoSnapshotException(NOT_FOUND, "the newest frame of the stream is no longer kept", null, Map.of());
    }

    /** @param newestAt instant of its newest frame; null if it has none that is known */
    static NoSnapshotException noNewFrame(String stream, Duration maxAge, Instant newestAt) {
        String detail = "the stream " + stream + " has no frame of the last " + maxAge.toSeconds() + " s";
        return new NoSnapshotException(
                NOT_FOUND, detail, null, newestAt == null ? Map.of() : Map.of("newestAt", newestAt.toString()));
    }

    /**
     * @param before instant of the frame before the gap; null if unknown
     * @param after instant at which frames begin again; null if unknown
     */
    static NoSnapshotException gap(String detail, Instant before, Instant after) {
        Map<String, Object> instants = new TreeMap<>();
        if (before != null) {
            instants.put("before", before.toString());
        }
        if (after != null) {
            instants.put("after", after.toString());
        }
        return new NoSnapshotException(NOT_FOUND, detail, null, instants);
    }

    /** @param detail without internal details */
    static NoSnapshotException undecodable(String detail) {
        return new NoSnapshotException(UNDECODABLE, detail, null, Map.of());
    }

    static NoSnapshotException throttled() {
        return new NoSnapshotException(TOO_MANY, "Kinesis Video throttles the requests", THROTTLED, Map.of());
    }

    @Override
    public Map<String, Object> members() {
        return members;
    }
}
