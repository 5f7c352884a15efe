package routes.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A column of a table that has a row for each sample, in little memory. Rows lie in blocks; of each block there is a
 * straight line, and by how much every row is above it, in as few bytes as the highest needs. That is none where all
 * frames last equally long, and two or three for most other things that tables tell.
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

    /** @return the same rows, each larger by as much */
    PackedLongColumn plus(long more) {
        Block[] moved = Arrays.stream(blocks).map(block -> block.plus(more)).toArray(Block[]::new);
        return new PackedLongColumn(moved, count);
    }

    public LongStream stream() {
        return IntStream.range(0, count).mapToLong(this::get);
    }

    /**
     * Searches a column whose rows ascend.
     *
     * @return the last row that is no larger; -1 where none is
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

    /** A column that grows; no more than a block of it is there as it was given. */
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
     * Any rows fit, since differences that overflow come out right when they are added again.
     *
     * @param start of the line
     * @param step by which the line rises from row to row
     * @param width bytes of each row in {@code above}
     * @param above big endian, unsigned; with room to read eight bytes where the last row is; null without any
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
                // what it writes too far, the next row overwrites
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
