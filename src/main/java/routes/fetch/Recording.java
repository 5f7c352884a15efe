package routes.fetch;

import java.time.Instant;

/**
 * A recording of a camera, as listed.
 *
 * @param key in the origin bucket
 * @param start of the first frame, inclusive, UTC
 * @param end of the last frame, exclusive, UTC
 */
public record Recording(String key, Instant start, Instant end) {}
