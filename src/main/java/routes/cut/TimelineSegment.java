package routes.cut;

import java.util.ArrayList;
import java.util.List;

/**
 * A segment and its position in the clip, in ticks of the clip.
 *
 * @param from presentation time of the first frame
 * @param to end of the last frame, exclusive; if a gap follows, the frame is shown until the next segment
 */
record TimelineSegment(SegmentCutPlan cut, long from, long to) {
    /** Resolution of recording start times: milliseconds. */
    private static final int CLOCK_RATE = 1000;

    /**
     * Preserves real time: each segment starts at the time of its recording's clock, but never before the last frame of
     * the previous segment. If the start is within clock rounding of that frame's end, it is moved to that end.
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
