package routes.cut;

import java.time.Instant;

/**
 * A part of the requested interval that no recording covers.
 *
 * @param from inclusive, UTC
 * @param to exclusive, UTC
 */
public record Gap(Instant from, Instant to) {}
