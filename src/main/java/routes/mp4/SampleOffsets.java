package routes.mp4;

/**
 * Offsets of samples in a file, as contiguous runs such as chunks.
 *
 * @param sizes of all samples, in bytes
 * @param firsts index of each run's first sample, from 0
 * @param offsets of each run in the file, in bytes
 */
record SampleOffsets(PackedLongColumn sizes, PackedLongColumn firsts, PackedLongColumn offsets) {
    /** Maximum samples per run: finding an offset adds up to so many sizes. */
    static final int LONGEST_RUN = 32;

    /** Collects samples one by one. */
    static final class Builder {
        private final PackedLongColumn.Builder sizes = new PackedLongColumn.Builder();
        private final PackedLongColumn.Builder firsts = new PackedLongColumn.Builder();
        private final PackedLongColumn.Builder offsets = new PackedLongColumn.Builder();
        private int count;
        private int runStart;
        private long end = -1;

        void add(long offset, long size) {
            if (offset != end || count - runStart == LONGEST_RUN) {
                firsts.add(count);
                offsets.add(offset);
                runStart = count;
            }
            sizes.add(size);
            end = offset + size;
            count++;
        }

        SampleOffsets build() {
            return new SampleOffsets(sizes.build(), firsts.build(), offsets.build());
        }
    }

    ByteRange range(int index) {
        int run = firsts.lastUpTo(index);
        long at = offsets.get(run);
        for (int i = (int) firsts.get(run); i < index; i++) {
            at += sizes.get(i);
        }
        return new ByteRange(at, at + sizes.get(index));
    }
}
