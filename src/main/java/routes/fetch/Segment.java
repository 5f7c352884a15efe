package routes.fetch;

import java.time.Instant;

/**
 * What a clip takes from one recording.
 *
 * @param from inclusive, UTC
 * @param to exclusive, UTC
 */
public record Segment(Recording recording, Instant from, Instant to) {
    /** @return the key of the recording in the origin bucket */
    public String key() {
        return recording.key();
    }
}
