package routes.mp4;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Samples of several files in decode order, as runs of other tables' samples. So these tables are not copied. */
public final class SampleSequence {
    private final List<Run> runs = new ArrayList<>();
    private final BitSet keyframes = new BitSet();
    private int count;
    /** The run of the last access: samples are mostly accessed in order. */
    private int near;

    /**
     * Consecutive samples of one file.
     *
     * @param start index of the first one in this sequence
     * @param ahead difference of indexes: those of the file are larger by it
     * @param shift ticks to add to the file's times
     */
    private record Run(Path file, Samples samples, int start, int ahead, long shift) {}

    /**
     * @param index of the sample in its file
     * @param shift ticks to add to its presentation time there
     */
    public void add(Path file, Samples samples, int index, long shift, boolean keyframe) {
        int ahead = index - count;
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (last == null || !last.samples.equals(samples) || last.ahead != ahead || last.shift != shift) {
            runs.add(new Run(file, samples, count, ahead, shift));
        }
        keyframes.set(count, keyframe);
        count++;
    }

    public int count() {
        return count;
    }

    /** @return presentation times in ticks, ascending */
    public PackedLongColumn sortedTimes() {
        LongStream times = IntStream.range(0, count).mapToLong(this::time);
        // sound is in order, and has most samples
        return PackedLongColumn.of(isAscending() ? times : times.sorted());
    }

    private boolean isAscending() {
        return IntStream.range(1, count).allMatch(i -> time(i - 1) <= time(i));
    }

    /** @return presentation time of a sample, in ticks */
    public long time(int index) {
        Run run = run(index);
        return run.samples.time(index + run.ahead) + run.shift;
    }

    int size(int index) {
        Run run = run(index);
        return run.samples.size(index + run.ahead);
    }

    BitSet keyframes() {
        return keyframes;
    }

    Path file(int index) {
        return run(index).file;
    }

    /** @return byte range of a sample in its file */
    ByteRange range(int index) {
        Run run = run(index);
        return run.samples.range(index + run.ahead);
    }

    /** @return total size of some samples, in bytes */
    long size(int from, int to) {
        return IntStream.range(from, to).mapToLong(this::size).sum();
    }

    private Run run(int index) {
        while (index < runs.get(near).start) {
            near--;
        }
        while (near + 1 < runs.size() && index >= runs.get(near + 1).start) {
            near++;
        }
        return runs.get(near);
    }
}
