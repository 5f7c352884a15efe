package routes.clip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import routes.cut.Gap;
import routes.fetch.Recording;

/**
 * The recorded and the missing parts of an interval, as coarse as asked for.
 *
 * @param recordings in chronological order; recordings that overlap are separate only at a resolution of 0
 * @param gaps in chronological order
 * @param resolution seconds; recordings that lie closer together are merged, and shorter gaps are left out
 */
record CoverageSpans(List<Span> recordings, List<Gap> gaps, int resolution) {
    /** Maximum number of recordings and gaps in an answer, less those that the age of a gap may add. */
    private static final int MOST = 2000 - 4;

    /**
     * @param from inclusive, UTC
     * @param to exclusive, UTC
     */
    record Span(Instant from, Instant to) {}

    /** @param recordings in chronological order of their starts */
    static CoverageSpans of(List<Recording> recordings, List<Gap> gaps) {
        return new CoverageSpans(
                recordings.stream()
                        .map(recording -> new Span(recording.start(), recording.end()))
                        .toList(),
                gaps,
                0);
    }

    /** @return the same at this resolution, or at the least one at which the answer is short enough */
    CoverageSpans within(int seconds) {
        CoverageSpans coarse = seconds == 0 ? this : at(seconds);
        for (int next = Math.max(1, seconds); coarse.count() > MOST; next *= 2) {
            coarse = at(next);
        }
        return coarse;
    }

    private int count() {
        return recordings.size() + gaps.size();
    }

    private CoverageSpans at(int seconds) {
        Duration shortest = Duration.ofSeconds(seconds);
        List<Span> merged = new ArrayList<>();
        for (Span span : recordings) {
            Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || Duration.between(last.to, span.from).compareTo(shortest) >= 0) {
                merged.add(span);
            } else if (span.to.isAfter(last.to)) {
                merged.set(merged.size() - 1, new Span(last.from, span.to));
            }
        }
        List<Gap> kept = gaps.stream()
                .filter(gap -> Duration.between(gap.from(), gap.to()).compareTo(shortest) >= 0)
                .toList();
        return new CoverageSpans(merged, kept, seconds);
    }
}
