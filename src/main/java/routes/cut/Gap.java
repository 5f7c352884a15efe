package routes.cut;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of the requested interval without recorded frames.
 *
 * @param from inclusive, UTC
 * @param to exclusive, UTC
 * @param count number of gaps that it stands for, 1 or more
 */
public record Gap(Instant from, Instant to, int count) {
    /** Maximum number of gaps in an event and a job, both of which are limited in size. */
    private static final int MOST = 100;

    /** A single gap. */
    public Gap(Instant from, Instant to) {
        this(from, to, 1);
    }

    /**
     * @param all in chronological order
     * @return the same gaps, at most {@link #MOST}; a merged one also covers recorded frames
     */
    static List<Gap> joined(List<Gap> all) {
        int each = (all.size() + MOST - 1) / MOST;
        return IntStream.range(0, all.size())
                .filter(i -> i % Math.max(1, each) == 0)
                .mapToObj(i ->
                        joined(all.get(i), all.get(Math.min(all.size(), i + each) - 1), Math.min(each, all.size() - i)))
                .toList();
    }

    private static Gap joined(Gap first, Gap last, int count) {
        return new Gap(first.from, last.to, count);
    }
}
