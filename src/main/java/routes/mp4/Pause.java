package routes.mp4;

/**
 * A time in which a recorder wrote no frames, so that a player keeps showing the one before.
 *
 * @param from inclusive, in ticks
 * @param to exclusive, in ticks
 */
public record Pause(long from, long to) {
    Pause plus(long ticks) {
        return new Pause(from + ticks, to + ticks);
    }
}
