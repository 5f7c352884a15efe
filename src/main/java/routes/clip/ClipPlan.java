package routes.clip;

import java.util.List;
import routes.fetch.Segment;

/**
 * What is to be done about a request now.
 *
 * @param pieces in the order of time, none overlapping; empty unless the outcome is CLIP_AVAILABLE
 * @param gaps in the order of time
 */
public record ClipPlan(ClipOutcome outcome, List<Segment> pieces, List<Gap> gaps) {
    static ClipPlan ends(ClipOutcome outcome) {
        return new ClipPlan(outcome, List.of(), List.of());
    }
}
