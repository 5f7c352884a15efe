package routes.media.mp4;

import java.util.Arrays;
import java.util.BitSet;

/**
 * One track of a movie.
 *
 * @param kind {@code vide}, {@code soun} or another handler
 * @param codec the sample entry's name, such as {@code avc1}
 * @param timescale ticks per second
 * @param width in pixels; 0 where the track has none
 * @param height in pixels; 0 where the track has none
 * @param times presentation time of each sample in ticks, in the order of the file, edit list applied; negative ones
 *     are not shown
 * @param lastDuration of the sample that is decoded last, in ticks
 * @param keyframes indexes into {@code times}
 */
@SuppressWarnings("ArrayRecordComponent") // one array of primitives for up to millions of samples
public record Track(
        String kind,
        String codec,
        long timescale,
        int width,
        int height,
        long[] times,
        long lastDuration,
        BitSet keyframes) {

    /**
     * @param from inclusive, in ticks
     * @param to exclusive, in ticks
     * @return presentation times within, ascending
     */
    public long[] shown(long from, long to) {
        return Arrays.stream(times).filter(t -> t >= from && t < to).sorted().toArray();
    }

    /** @return the time in ticks of the keyframe that is shown nearest to an instant, or that instant without any */
    public long nearestKeyframe(long time) {
        return keyframes.stream()
                .mapToLong(i -> times[i])
                .filter(t -> t >= 0)
                .boxed()
                .min((a, b) -> Long.compare(Math.abs(a - time), Math.abs(b - time)))
                .orElse(time);
    }

    /** @return ticks from the first shown sample to the end of the last */
    public long duration() {
        return Arrays.stream(times).max().orElse(0) + lastDuration;
    }
}
