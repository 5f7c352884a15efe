package routes.cut;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import routes.mp4.PackedLongColumn;

/**
 * Frames of a recording that could not be decoded.
 *
 * @param from inclusive, UTC
 * @param to exclusive, UTC
 */
public record LostFrames(Instant from, Instant to, int frames) {
    /** Maximum number of intervals in an event and a job, both of which are limited in size. */
    private static final int MOST = 100;

    /** @param shown indexes of the segment's frames that were decoded */
    static List<LostFrames> of(EncodedSegment segment, List<Integer> shown) {
        BitSet missing = new BitSet(segment.frames());
        missing.set(0, segment.frames());
        shown.forEach(missing::clear);
        PackedLongColumn times = segment.times();
        List<LostFrames> lost = new ArrayList<>();
        for (int from = missing.nextSetBit(0); from >= 0; from = missing.nextSetBit(missing.nextClearBit(from))) {
            int to = missing.nextClearBit(from);
            long last = times.get(to - 1);
            long end = to < times.count()
                    ? times.get(to)
                    : last + segment.selection().video().durationAt(last);
            lost.add(new LostFrames(instant(segment, times.get(from)), instant(segment, end), to - from));
        }
        return lost;
    }

    /**
     * @param all in chronological order
     * @return the same number of lost frames in at most {@link #MOST} intervals; a merged interval also covers frames
     *     that are not lost
     */
    static List<LostFrames> joined(List<LostFrames> all) {
        if (all.size() <= MOST) {
            return List.copyOf(all);
        }
        List<LostFrames> joined = new ArrayList<>();
        int each = (all.size() + MOST - 1) / MOST;
        for (int at = 0; at < all.size(); at += each) {
            List<LostFrames> part = all.subList(at, Math.min(all.size(), at + each));
            int frames = part.stream().mapToInt(LostFrames::frames).sum();
            joined.add(new LostFrames(part.get(0).from, part.get(part.size() - 1).to, frames));
        }
        return List.copyOf(joined);
    }

    private static Instant instant(EncodedSegment segment, long time) {
        FrameSelection selection = segment.selection();
        return Instant.EPOCH.plus(
                selection.firstMicros() + selection.micros(time - selection.first()), ChronoUnit.MICROS);
    }
}
