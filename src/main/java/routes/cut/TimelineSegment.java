package routes.cut;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece and its place in the clip, in ticks of the clip.
 *
 * @param from when its first frame is shown
 * @param to when its last frame ends by itself; it is held longer where a gap follows
 */
record TimelineSegment(SegmentCutPlan piece, long from, long to) {
    /** Of the clock that tells when a recording starts: it counts milliseconds. */
    private static final int CLOCK_RATE = 1000;

    /**
     * Real time is kept: each piece stands where its recording's clock says, never before the last frame of the piece
     * before it. Where that is no more than the clock's rounding off the end of that frame, the pieces join.
     */
    static List<TimelineSegment> inOrder(List<SegmentCutPlan> pieces, ClipFormat format) {
        FrameSelection first = pieces.get(0).span();
        long rounding = format.timescale() / CLOCK_RATE;
        List<TimelineSegment> placed = new ArrayList<>();
        long end = 0;
        long lastFrame = 0;
        for (SegmentCutPlan piece : pieces) {
            FrameSelection span = piece.span();
            long byClock = span.ticksAfter(first, format);
            boolean joins = Math.abs(byClock - end) <= rounding || byClock <= lastFrame;
            long from = joins ? end : byClock;
            lastFrame = from + format.ticks(span.last() - span.first(), span.video());
            end = from + format.ticks(span.length(), span.video());
            placed.add(new TimelineSegment(piece, from, end));
        }
        return placed;
    }
}
