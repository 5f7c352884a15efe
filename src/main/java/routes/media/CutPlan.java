package routes.media;

import java.util.ArrayList;
import java.util.List;

/**
 * How a clip is made, once its recordings are here.
 *
 * @param pieces in the order of time
 * @param reason why the whole clip is encoded, or null
 */
public record CutPlan(List<PieceCut> pieces, Reason reason) {
    /** @return what one ffmpeg encodes before the clip is joined, in the order of the clip */
    public List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        if (reason == null) {
            for (PieceCut piece : pieces) {
                add(edges, piece, 0, piece.head());
                add(edges, piece, piece.head() + piece.copied(), piece.tail());
            }
        }
        return edges;
    }

    private static void add(List<Edge> edges, PieceCut piece, int first, int frames) {
        if (frames > 0) {
            edges.add(new Edge(edges.size(), piece.span(), first, frames));
        }
    }

    public Way way() {
        return report().way();
    }

    public CutReport report() {
        int encoded = pieces.stream().mapToInt(PieceCut::encoded).sum();
        int copied = pieces.stream().mapToInt(PieceCut::copied).sum();
        if (reason != null) {
            return new CutReport(0, copied + encoded, Way.WHOLE, reason);
        }
        Reason ofPiece = pieces.stream()
                .map(PieceCut::reason)
                .filter(r -> r != null)
                .findFirst()
                .orElse(null);
        Way edges = encoded == 0 ? Way.COPY : Way.EDGES;
        return new CutReport(copied, encoded, ofPiece == null ? edges : Way.PIECE, ofPiece);
    }

    /** @return the same clip, all of it encoded */
    CutPlan whole(Reason why) {
        return new CutPlan(pieces, why);
    }

    List<Span> spans() {
        return pieces.stream().map(PieceCut::span).toList();
    }
}
