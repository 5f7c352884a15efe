package routes.cut;

import java.util.ArrayList;
import java.util.List;

/**
 * How a clip is made, once its recordings are here.
 *
 * @param pieces in the order of time
 * @param reason why the whole clip is encoded, or null
 */
public record CutPlan(List<SegmentCutPlan> pieces, FallbackReason reason) {
    /** @return what one ffmpeg encodes before the clip is joined, in the order of the clip */
    public List<BoundarySegment> edges() {
        List<BoundarySegment> edges = new ArrayList<>();
        if (reason == null) {
            for (SegmentCutPlan piece : pieces) {
                add(edges, piece, 0, piece.head());
                add(edges, piece, piece.head() + piece.copied(), piece.tail());
            }
        }
        return edges;
    }

    private static void add(List<BoundarySegment> edges, SegmentCutPlan piece, int first, int frames) {
        if (frames > 0) {
            edges.add(new BoundarySegment(edges.size(), piece.span(), first, frames));
        }
    }

    public CutMode way() {
        return report().way();
    }

    public CutReport report() {
        int encoded = pieces.stream().mapToInt(SegmentCutPlan::encoded).sum();
        int copied = pieces.stream().mapToInt(SegmentCutPlan::copied).sum();
        if (reason != null) {
            return new CutReport(0, copied + encoded, CutMode.WHOLE, reason);
        }
        FallbackReason ofPiece = pieces.stream()
                .map(SegmentCutPlan::reason)
                .filter(r -> r != null)
                .findFirst()
                .orElse(null);
        CutMode edges = encoded == 0 ? CutMode.COPY : CutMode.EDGES;
        return new CutReport(copied, encoded, ofPiece == null ? edges : CutMode.PIECE, ofPiece);
    }

    /** @return the same clip, all of it encoded */
    CutPlan whole(FallbackReason why) {
        return new CutPlan(pieces, why);
    }

    List<FrameSelection> spans() {
        return pieces.stream().map(SegmentCutPlan::span).toList();
    }
}
