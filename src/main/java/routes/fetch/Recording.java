package routes.fetch;

import java.time.Instant;

/**
 * One file that a camera wrote.
 *
 * @param key in the origin bucket
 * @param start of its first frame, UTC
 * @param end of its last frame, exclusive, UTC
 */
public record Recording(String key, Instant start, Instant end) {}
