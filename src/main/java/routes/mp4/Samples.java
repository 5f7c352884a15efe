package routes.mp4;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The samples of a track in decode order.
 *
 * @param times of presentation in ticks, edit list applied; negative ones are not shown. Those of a video track may repeat
 * @param places byte ranges in the file
 * @param keyframes indexes of the sync samples; they need not be IDR pictures
 * @param lastDuration of the last sample in decode order, in ticks
 */
public record Samples(PackedLongColumn times, SampleOffsets places, BitSet keyframes, long lastDuration) {
    private static final PackedLongColumn EMPTY = PackedLongColumn.of(LongStream.empty());
    static final Samples NONE = new Samples(EMPTY, new SampleOffsets(EMPTY, EMPTY, EMPTY), new BitSet(), 0);

    /**
     * @param place of the only sample in its file
     * @param duration of it, in ticks
     * @return the sample repeated, the first at 0
     */
    public static Samples repeated(ByteRange place, long duration, int count) {
        PackedLongColumn numbers = PackedLongColumn.of(LongStream.range(0, count));
        PackedLongColumn sizes = PackedLongColumn.of(numbers.stream().map(i -> place.length()));
        PackedLongColumn offsets = PackedLongColumn.of(numbers.stream().map(i -> place.from()));
        PackedLongColumn times = PackedLongColumn.of(numbers.stream().map(i -> duration * i));
        return new Samples(times, new SampleOffsets(sizes, numbers, offsets), new BitSet(), duration);
    }

    /** @return the same samples with other presentation times */
    public Samples shownAt(PackedLongColumn otherTimes) {
        return new Samples(otherTimes, places, keyframes, lastDuration);
    }

    public int count() {
        return times.count();
    }

    /** @return presentation time of a sample, in ticks */
    public long time(int index) {
        return times.get(index);
    }

    /** @return bytes of a sample */
    public int size(int index) {
        return (int) places.sizes().get(index);
    }

    /** @return byte range of a sample in the file */
    public ByteRange range(int index) {
        return places.range(index);
    }

    /** @return byte ranges of samples in the file, in their order; adjacent ones are merged */
    public List<ByteRange> ranges(IntStream indexes) {
        List<ByteRange> ranges = new ArrayList<>();
        indexes.mapToObj(this::range).forEachOrdered(range -> {
            ByteRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null && last.to() == range.from()) {
                ranges.set(ranges.size() - 1, new ByteRange(last.from(), range.to()));
            } else {
                ranges.add(range);
            }
        });
        return ranges;
    }

    /**
     * @param from inclusive, in ticks
     * @param to exclusive, in ticks
     * @return presentation times in the interval, ascending
     */
    public PackedLongColumn shown(long from, long to) {
        return PackedLongColumn.of(
                times.stream().filter(t -> t >= from && t < to).sorted());
    }

    /**
     * @param from inclusive, in ticks
     * @param to exclusive, in ticks
     * @return index of the last sample in decode order that is shown in the interval; -1 if there is none
     */
    public int lastWithin(long from, long to) {
        int last = count() - 1;
        while (last >= 0 && (time(last) < from || time(last) >= to)) {
            last--;
        }
        return last;
    }

    /** @return index of the keyframe from which a time can be decoded exactly; 0 if there is none before it */
    public int keyframeBefore(long time) {
        int shown = lastWithin(time, time + 1);
        int key = keyframes.previousSetBit(shown < 0 ? count() : shown);
        while (key > 0 && time(key) > time) {
            key = keyframes.previousSetBit(key - 1);
        }
        return Math.max(key, 0);
    }

    /** @return ticks from a presentation time to the next one, or to the end of the track */
    public long durationAt(long time) {
        return times.stream().filter(t -> t > time).min().orElse(time + lastDuration) - time;
    }
}
