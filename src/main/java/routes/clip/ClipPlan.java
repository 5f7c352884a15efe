package routes.clip;

import java.util.List;

/**
 * What is to be done about a request now.
 *
 * @param pieces in the order of time, none overlapping; empty unless the outcome is CLIP_AVAILABLE
 * @param gaps in the order of time
 */
public record ClipPlan(Outcome outcome, List<Piece> pieces, List<Gap> gaps) {
    static ClipPlan ends(Outcome outcome) {
        return new ClipPlan(outcome, List.of(), List.of());
    }
}
