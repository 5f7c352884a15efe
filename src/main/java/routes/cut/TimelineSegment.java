package routes.cut;

import java.util.ArrayList;
import java.util.List;

/**
 * A cut and its place in the clip, in ticks of the clip.
 *
 * @param from when its first frame is shown
 * @param to when its last frame ends by itself; it is held longer where a gap follows
 */
record TimelineSegment(SegmentCutPlan cut, long from, long to) {
    /** Of the clock that tells when a recording starts: it counts milliseconds. */
    private static final int CLOCK_RATE = 1000;

    /**
     * Real time is kept: each cut stands where its recording's clock says, never before the last frame of the cut
     * before it. Where that is no more than the clock's rounding off the end of that frame, the cuts join.
     */
    static List<TimelineSegment> inOrder(List<SegmentCutPlan> cuts, ClipFormat format) {
        FrameSelection first = cuts.get(0).selection();
        long rounding = format.timescale() / CLOCK_RATE;
        List<TimelineSegment> placed = new ArrayList<>();
        long end = 0;
        long lastFrame = 0;
        for (SegmentCutPlan cut : cuts) {
            FrameSelection selection = cut.selection();
            long byClock = selection.ticksAfter(first, format);
            boolean joins = Math.abs(byClock - end) <= rounding || byClock <= lastFrame;
            long from = joins ? end : byClock;
            lastFrame = from + format.ticks(selection.last() - selection.first(), selection.video());
            end = from + format.ticks(selection.length(), selection.video());
            placed.add(new TimelineSegment(cut, from, end));
        }
        return placed;
    }
}
