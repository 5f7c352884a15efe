package routes.cut;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Frames that follow each other in a recording and could not be decoded.
 *
 * @param from inclusive, UTC
 * @param to exclusive, UTC
 */
public record LostFrames(Instant from, Instant to, int frames) {
    /** @param shown which frames of the segment were decoded */
    static List<LostFrames> of(EncodedSegment segment, List<Integer> shown) {
        BitSet missing = new BitSet(segment.frames());
        missing.set(0, segment.frames());
        shown.forEach(missing::clear);
        List<LostFrames> lost = new ArrayList<>();
        for (int from = missing.nextSetBit(0); from >= 0; from = missing.nextSetBit(missing.nextClearBit(from))) {
            int to = missing.nextClearBit(from);
            long last = segment.times().get(to - 1);
            long end = last + segment.span().video().durationAt(last);
            lost.add(new LostFrames(instant(segment, segment.times().get(from)), instant(segment, end), to - from));
        }
        return lost;
    }

    private static Instant instant(EncodedSegment segment, long time) {
        FrameSelection span = segment.span();
        return Instant.EPOCH.plus(span.firstMicros() + span.micros(time - span.first()), ChronoUnit.MICROS);
    }
}
