package routes.fetch;

import java.time.Instant;

/**
 * A recording and the interval of it that a clip needs.
 *
 * @param from inclusive, UTC
 * @param to exclusive, UTC
 */
public record Segment(Recording recording, Instant from, Instant to) {
    /** @return key of the recording in the origin bucket */
    public String key() {
        return recording.key();
    }
}
