package routes.cut;

import routes.mp4.PackedLongColumn;
import routes.mp4.Samples;

/**
 * Divides one segment into an encoded head, a run of copied samples, and an encoded tail.
 *
 * @param head number of frames shown before the run
 * @param runFrom index of the run's first sample
 * @param runTo index after the run's last sample
 * @param reason why the whole segment is encoded; null if it is not
 */
record SegmentCutPlan(FrameSelection selection, int head, int runFrom, int runTo, FallbackReason reason) {
    static SegmentCutPlan encoded(FrameSelection selection, FallbackReason reason) {
        return new SegmentCutPlan(selection, selection.frames(), 0, 0, reason);
    }

    /**
     * Finds the longest run from an IDR picture after which no frame with an earlier presentation time is decoded.
     *
     * @param idr index of the IDR sample, which is in the selection
     */
    static SegmentCutPlan from(FrameSelection selection, int idr) {
        Samples samples = selection.video().samples();
        PackedLongColumn wanted = selection.wanted();
        long first = samples.time(idr);
        int head = wanted.lastUpTo(first);
        int end = idr;
        long latest = first;
        for (int i = idr; i < samples.count(); i++) {
            long time = samples.time(i);
            if (time < first || time > selection.last()) {
                break;
            }
            latest = Math.max(latest, time);
            int shown = head + i - idr;
            if (shown < wanted.count() && wanted.get(shown) == latest) {
                end = i + 1;
            }
        }
        return new SegmentCutPlan(selection, head, idr, end, null);
    }

    int copied() {
        return runTo - runFrom;
    }

    /** @return number of frames shown after the run */
    int tail() {
        return selection.frames() - head - copied();
    }

    int encoded() {
        return head + tail();
    }
}
