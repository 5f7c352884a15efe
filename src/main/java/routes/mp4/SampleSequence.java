package routes.mp4;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Samples that lie in several files, in the order in which they are to be decoded. It names them as runs of other
 * tables' samples, so that there is no copy of what these tell.
 */
public final class SampleSequence {
    private final List<Run> runs = new ArrayList<>();
    private final BitSet keyframes = new BitSet();
    private int count;
    /** The run that was looked into last: samples are mostly asked for in order. */
    private int near;

    /**
     * Samples that follow each other in one file's tables.
     *
     * @param start index here of the first one
     * @param ahead by how much indexes there are larger than here
     * @param shift ticks to add to times there
     */
    private record Run(Path file, Samples samples, int start, int ahead, long shift) {}

    /**
     * @param index of the sample among those of its file
     * @param shift ticks to add to the time at which it is shown there
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
        // sound is in order, and there is more of it than of anything else
        return PackedLongColumn.of(isAscending() ? times : times.sorted());
    }

    private boolean isAscending() {
        return IntStream.range(1, count).allMatch(i -> time(i - 1) <= time(i));
    }

    /** @return when a sample is shown, in ticks */
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

    /** @return where a sample lies in its file */
    ByteRange range(int index) {
        Run run = run(index);
        return run.samples.range(index + run.ahead);
    }

    /** @return bytes of some samples together */
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
