package routes.clip;

import java.util.List;
import routes.cut.Gap;
import routes.fetch.Segment;

/**
 * The next step for a request, planned from the listing.
 *
 * @param segments in chronological order, without overlaps; empty unless the outcome is CLIP_AVAILABLE
 * @param gaps in chronological order
 * @param recordings all that overlap the request, each with the whole requested interval; their sample tables decide
 *     later which frames are used
 */
public record ClipPlan(ClipOutcome outcome, List<Segment> segments, List<Gap> gaps, List<Segment> recordings) {
    static ClipPlan withoutClip(ClipOutcome outcome) {
        return new ClipPlan(outcome, List.of(), List.of(), List.of());
    }
}
