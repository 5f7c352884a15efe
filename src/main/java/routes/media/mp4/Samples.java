package routes.media.mp4;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The samples of a track in the order of decoding.
 *
 * @param times of presentation in ticks, edit list applied; negative ones are not shown
 * @param offsets in the file, in bytes
 * @param sizes in bytes
 * @param keyframes indexes of samples that the tables call random access points; they need not be IDR pictures
 * @param lastDuration of the sample that is decoded last, in ticks
 */
@SuppressWarnings("ArrayRecordComponent") // arrays of primitives, for up to millions of samples
public record Samples(long[] times, long[] offsets, int[] sizes, BitSet keyframes, long lastDuration) {
    static final Samples NONE = new Samples(new long[0], new long[0], new int[0], new BitSet(), 0);

    public int count() {
        return times.length;
    }

    /**
     * @param from inclusive, in ticks
     * @param to exclusive, in ticks
     * @return presentation times within, ascending
     */
    public long[] shown(long from, long to) {
        return Arrays.stream(times).filter(t -> t >= from && t < to).sorted().toArray();
    }

    /**
     * @param from inclusive, in ticks
     * @param to exclusive, in ticks
     * @return index of the last sample, in the order of decoding, that is shown within; -1 where there is none
     */
    public int lastWithin(long from, long to) {
        int last = times.length - 1;
        while (last >= 0 && (times[last] < from || times[last] >= to)) {
            last--;
        }
        return last;
    }

    /** @return index of the keyframe with which decoding must begin to show a time exactly; 0 where none is before it */
    public int keyframeBefore(long time) {
        int key = keyframes.previousSetBit(times.length);
        while (key > 0 && times[key] > time) {
            key = keyframes.previousSetBit(key - 1);
        }
        return Math.max(key, 0);
    }

    /** @return ticks from a shown time to the next one, or to the end of the track */
    public long durationAt(long time) {
        return Arrays.stream(times).filter(t -> t > time).min().orElse(time + lastDuration) - time;
    }

    /** @return where a sample lies in the file */
    public ByteRange range(int index) {
        return new ByteRange(offsets[index], offsets[index] + sizes[index]);
    }
}
