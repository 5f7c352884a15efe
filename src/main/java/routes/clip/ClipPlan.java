package routes.clip;

import java.util.List;
import routes.cut.Gap;
import routes.fetch.Segment;

/**
 * What is to be done about a request now.
 *
 * @param segments in the order of time, none overlapping; empty unless the outcome is CLIP_AVAILABLE
 * @param gaps in the order of time, by the listing
 * @param recordings all that overlap the request by the listing, each with the whole interval: what is taken of them is
 *     decided by what they hold
 */
public record ClipPlan(ClipOutcome outcome, List<Segment> segments, List<Gap> gaps, List<Segment> recordings) {
    static ClipPlan withoutClip(ClipOutcome outcome) {
        return new ClipPlan(outcome, List.of(), List.of(), List.of());
    }
}
