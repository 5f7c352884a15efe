package routes.media.mp4;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Samples that lie in several files, in the order in which they are to be decoded. */
public final class SampleSequence {
    private final List<Path> files = new ArrayList<>();
    private final BitSet keyframes = new BitSet();
    private long[] times = new long[256];
    private long[] offsets = new long[256];
    private int[] sizes = new int[256];
    private int[] fileOf = new int[256];
    private int count;

    /**
     * @param range of the sample in the file
     * @param time of presentation, in ticks
     */
    public void add(Path file, ByteRange range, long time, boolean keyframe) {
        if (count == times.length) {
            int more = count + count / 4;
            times = Arrays.copyOf(times, more);
            offsets = Arrays.copyOf(offsets, more);
            sizes = Arrays.copyOf(sizes, more);
            fileOf = Arrays.copyOf(fileOf, more);
        }
        if (files.isEmpty() || !files.get(files.size() - 1).equals(file)) {
            files.add(file);
        }
        times[count] = time;
        offsets[count] = range.from();
        sizes[count] = (int) range.length();
        fileOf[count] = files.size() - 1;
        keyframes.set(count, keyframe);
        count++;
    }

    public int count() {
        return count;
    }

    /** @return presentation times in ticks, ascending */
    public long[] sortedTimes() {
        long[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        return sorted;
    }

    long time(int index) {
        return times[index];
    }

    int size(int index) {
        return sizes[index];
    }

    BitSet keyframes() {
        return keyframes;
    }

    Path file(int index) {
        return files.get(fileOf[index]);
    }

    /** @return bytes of some samples together */
    long size(int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += sizes[i];
        }
        return sum;
    }

    /** @return the end, exclusive and at most {@code to}, of the samples that follow one in its file without a gap */
    int contiguousUntil(int from, int to) {
        int i = from + 1;
        while (i < to && fileOf[i] == fileOf[from] && offsets[i] == offsets[i - 1] + sizes[i - 1]) {
            i++;
        }
        return i;
    }

    long offset(int index) {
        return offsets[index];
    }
}
