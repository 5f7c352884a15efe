package routes.cut;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of the requested interval without recorded frames.
 *
 * @param from inclusive, UTC
 * @param to exclusive, UTC
 */
public record Gap(Instant from, Instant to) {
    /** Maximum number of gaps in an event and a job, both of which are limited in size. */
    private static final int MOST = 100;

    /**
     * @param all in chronological order
     * @return the same gaps, at most {@link #MOST}; a merged one also covers recorded frames
     */
    static List<Gap> joined(List<Gap> all) {
        int each = (all.size() + MOST - 1) / MOST;
        return IntStream.range(0, all.size())
                .filter(i -> i % Math.max(1, each) == 0)
                .mapToObj(i -> new Gap(all.get(i).from, all.get(Math.min(all.size(), i + each) - 1).to))
                .toList();
    }
}
