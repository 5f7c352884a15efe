package routes.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A column of a sample table in little memory. Per block of rows it has a linear predictor plus residuals of fixed
 * width. The width is 0 if all frames have the same duration, and 2 or 3 bytes for most other columns.
 * See docs/decisions/0013.
 */
public final class PackedLongColumn {
    private static final int BLOCK = 1024;

    private final Block[] blocks;
    private final int count;

    private PackedLongColumn(Block[] blocks, int count) {
        this.blocks = blocks;
        this.count = count;
    }

    public static PackedLongColumn of(LongStream rows) {
        Builder column = new Builder();
        rows.forEachOrdered(column::add);
        return column.build();
    }

    public int count() {
        return count;
    }

    public long get(int row) {
        Objects.checkIndex(row, count);
        return blocks[row / BLOCK].get(row % BLOCK);
    }

    /** @return the same rows, each increased by an amount */
    PackedLongColumn plus(long more) {
        Block[] moved = Arrays.stream(blocks).map(block -> block.plus(more)).toArray(Block[]::new);
        return new PackedLongColumn(moved, count);
    }

    public LongStream stream() {
        return IntStream.range(0, count).mapToLong(this::get);
    }

    /**
     * Searches an ascending column.
     *
     * @return the last row that is not larger; -1 if there is none
     */
    public int lastUpTo(long value) {
        int low = -1;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high + 1) >> 1;
            if (get(middle) <= value) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** A growing column; at most one block is uncompressed. */
    static final class Builder {
        private final List<Block> blocks = new ArrayList<>();
        private final long[] open = new long[BLOCK];
        private int count;

        void add(long row) {
            open[count++ % BLOCK] = row;
            if (count % BLOCK == 0) {
                blocks.add(Block.of(open, BLOCK));
            }
        }

        PackedLongColumn build() {
            if (count % BLOCK > 0) {
                blocks.add(Block.of(open, count % BLOCK));
            }
            return new PackedLongColumn(blocks.toArray(Block[]::new), count);
        }
    }

    /**
     * Any values fit: overflowing differences are correct once they are added again.
     *
     * @param start of the line
     * @param step slope of the line, per row
     * @param width bytes of each row in {@code above}
     * @param above residuals, big endian, unsigned, with padding so that eight bytes can be read at the last row; null
     *     if all are 0
     */
    private record Block(long start, long step, int width, ByteBuffer above) {
        static Block of(long[] rows, int count) {
            long step = count > 1 ? (rows[count - 1] - rows[0]) / (count - 1) : 0;
            long start = Long.MAX_VALUE;
            for (int i = 0; i < count; i++) {
                start = Math.min(start, rows[i] - step * i);
            }
            long bits = 0;
            for (int i = 0; i < count; i++) {
                bits |= rows[i] - step * i - start;
            }
            int width = (Long.SIZE - Long.numberOfLeadingZeros(bits) + Byte.SIZE - 1) / Byte.SIZE;
            if (width == 0) {
                return new Block(start, step, 0, null);
            }
            ByteBuffer above = ByteBuffer.allocate(width * (count - 1) + Long.BYTES);
            for (int i = 0; i < count; i++) {
                // the next row overwrites the excess bytes
                above.putLong(i * width, (rows[i] - step * i - start) << unused(width));
            }
            return new Block(start, step, width, above);
        }

        long get(int row) {
            long line = start + step * row;
            return width == 0 ? line : line + (above.getLong(row * width) >>> unused(width));
        }

        Block plus(long more) {
            return new Block(start + more, step, width, above);
        }

        /** @return bits of eight bytes */
        private static int unused(int width) {
            return Long.SIZE - Byte.SIZE * width;
        }
    }
}
