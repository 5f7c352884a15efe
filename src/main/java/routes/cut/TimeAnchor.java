package routes.cut;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the times of a clip meet the clock of the recordings: from here to the next anchor, both advance alike.
 *
 * @param clipMicros time of the clip, in microseconds
 * @param instantMicros recorded instant of that time, in microseconds since 1970
 */
public record TimeAnchor(long clipMicros, long instantMicros) {
    private static final long MICROS = 1_000_000;
    /** Maximum deviation, since recordings are listed with milliseconds. */
    private static final long ROUNDING = 1000;
    /** Maximum number, since a job is limited in size; the later parts of such a clip are off by a frame or so. */
    private static final int MOST = 100;

    /** @param timescale ticks of the clip per second */
    static List<TimeAnchor> of(List<TimelineSegment> segments, long timescale) {
        List<TimeAnchor> anchors = new ArrayList<>();
        for (TimelineSegment segment : segments) {
            long clip = micros(segment.from(), timescale);
            long instant = segment.cut().selection().firstMicros();
            boolean isAhead = anchors.isEmpty()
                    || Math.abs(anchors.get(anchors.size() - 1).instant(clip) - instant) > ROUNDING;
            if (isAhead && anchors.size() < MOST) {
                anchors.add(new TimeAnchor(clip, instant));
            }
        }
        return anchors;
    }

    /** @return ticks converted to microseconds, rounded to the nearest */
    public static long micros(long ticks, long timescale) {
        long seconds = Math.floorDiv(ticks, timescale);
        return seconds * MICROS + (Math.floorMod(ticks, timescale) * MICROS + timescale / 2) / timescale;
    }

    /** @return recorded instant, in microseconds since 1970, of a time of the clip in microseconds */
    public long instant(long clipTime) {
        return instantMicros + clipTime - clipMicros;
    }
}
