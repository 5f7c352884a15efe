package routes.clip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import routes.cut.Gap;
import routes.cut.Instants;
import routes.cut.Timeline;
import routes.fetch.Recording;

/**
 * A gap and its reason.
 *
 * @param from inclusive, UTC
 * @param to exclusive, UTC
 */
record ExplainedGap(Instant from, Instant to, GapReason reason) {
    /**
     * Splits the gaps of a clip where the listed recordings begin and end.
     *
     * @param gaps in chronological order
     * @param listed recordings, in any order
     */
    static List<ExplainedGap> of(List<Gap> gaps, List<Recording> listed) {
        List<Recording> ordered =
                listed.stream().sorted(Comparator.comparing(Recording::start)).toList();
        List<ExplainedGap> explained = new ArrayList<>();
        for (Gap gap : gaps) {
            Instant at = gap.from();
            for (Recording recording : ordered) {
                Instant from = Instants.later(at, recording.start());
                Instant to = Instants.earlier(gap.to(), recording.end());
                if (isWorthMentioning(from, to)) {
                    Instant border = isWorthMentioning(at, from) ? from : at;
                    add(explained, at, border, GapReason.NOT_RECORDED);
                    add(explained, border, to, GapReason.MISSING_FRAMES);
                    at = to;
                }
            }
            add(explained, at, gap.to(), GapReason.NOT_RECORDED);
        }
        return explained;
    }

    /**
     * Splits gaps by their age.
     *
     * @param gaps in chronological order
     * @param oldest footage before it is not kept
     * @param settled footage after it may still come
     */
    static List<ExplainedGap> byTime(List<Gap> gaps, Instant oldest, Instant settled) {
        List<ExplainedGap> explained = new ArrayList<>();
        for (Gap gap : gaps) {
            Instant kept = within(oldest, gap.from(), gap.to());
            Instant open = within(settled, kept, gap.to());
            put(explained, gap.from(), kept, GapReason.EXPIRED);
            put(explained, kept, open, GapReason.NOT_RECORDED);
            put(explained, open, gap.to(), GapReason.NOT_YET_RECORDED);
        }
        return explained;
    }

    private static Instant within(Instant instant, Instant from, Instant to) {
        return Instants.later(from, Instants.earlier(instant, to));
    }

    private static void put(List<ExplainedGap> all, Instant from, Instant to, GapReason reason) {
        if (to.isAfter(from)) {
            all.add(new ExplainedGap(from, to, reason));
        }
    }

    private static boolean isWorthMentioning(Instant from, Instant to) {
        return Duration.between(from, to).compareTo(Timeline.JOIN) > 0;
    }

    /** A rest that is too short to be mentioned extends the part before it; adjacent parts of a reason are one. */
    private static void add(List<ExplainedGap> all, Instant from, Instant to, GapReason reason) {
        if (!to.isAfter(from)) {
            return;
        }
        ExplainedGap last = all.isEmpty() ? null : all.get(all.size() - 1);
        boolean adjoins = last != null && last.to.equals(from);
        if (adjoins && (last.reason == reason || !isWorthMentioning(from, to))) {
            all.set(all.size() - 1, new ExplainedGap(last.from, to, last.reason));
        } else {
            all.add(new ExplainedGap(from, to, reason));
        }
    }
}
