package routes.media;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece and its place in the clip, in ticks of its picture.
 *
 * @param from when its first frame is shown
 * @param to when its last frame ends by itself; it is held longer where a gap follows
 */
record Placed(PieceCut piece, long from, long to) {
    /**
     * Real time is kept: each piece stands where its recording's clock says. Where that is less than half a frame off
     * the end of the piece before, it is the clock that was rounded, and the pieces join.
     */
    static List<Placed> inOrder(List<PieceCut> pieces) {
        Span first = pieces.get(0).span();
        List<Placed> placed = new ArrayList<>();
        long end = 0;
        long lastFrame = 0;
        for (PieceCut piece : pieces) {
            Span span = piece.span();
            long byClock = span.ticksAfter(first);
            long from = byClock - end <= lastFrame / 2 ? end : byClock;
            end = from + span.length();
            lastFrame = span.video().samples().durationAt(span.last());
            placed.add(new Placed(piece, from, end));
        }
        return placed;
    }
}
