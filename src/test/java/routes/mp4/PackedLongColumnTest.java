package routes.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values come out as they went in, and take little memory. */
class PackedLongColumnTest {
    private static final int TWO_HOURS = 216_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1023, 1024, 1025, 5000})
    void rowsComeOutAsTheyWentIn(int count) {
        Random random = new Random(count);
        for (int bits = 1; bits <= Long.SIZE; bits++) {
            int unused = Long.SIZE - bits;
            long step = random.nextInt();
            long[] rows = LongStream.range(0, count)
                    .map(i -> step * i + (random.nextLong() >> unused))
                    .toArray();

            assertThat(PackedLongColumn.of(Arrays.stream(rows)).stream().toArray())
                    .as("%d bits", bits)
                    .isEqualTo(rows);
        }
    }

    @Test
    void theFarthestNumbersStandSideBySide() {
        long[] rows = {Long.MAX_VALUE, Long.MIN_VALUE, 0, -1, Long.MIN_VALUE, Long.MAX_VALUE};

        assertThat(PackedLongColumn.of(Arrays.stream(rows)).stream().toArray()).isEqualTo(rows);
    }

    @Test
    void thereIsNoRowBehindTheLast() {
        PackedLongColumn column = PackedLongColumn.of(LongStream.of(1, 2, 3));

        assertThatThrownBy(() -> column.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1024, 3000})
    void theLastRowUpToANumberIsFound(int count) {
        PackedLongColumn column = PackedLongColumn.of(LongStream.range(0, count).map(i -> i / 3 * 10));

        for (long value = -1; value < count * 4L; value += 3) {
            long upTo = value;
            assertThat(column.lastUpTo(value))
                    .isEqualTo((int) column.stream().filter(row -> row <= upTo).count() - 1);
        }
    }

    @Test
    void framesThatLastEquallyLongTakeNoByteEach() {
        assertThat(bytesOf(i -> 1024 * i)).isLessThan(TWO_HOURS);
    }

    @Test
    void framesOfAnyUsualSizeTakeThreeBytesEach() {
        assertThat(bytesOf(i -> i * 7919 % (1 << 20))).isLessThan(4L * TWO_HOURS);
    }

    @Test
    void aSequenceTakesNoByteForSamplesThatFollowEachOther() {
        Samples samples = Samples.repeated(new ByteRange(0, 1), 512, TWO_HOURS);
        Path file = Path.of("recording.mp4");
        sequence(file, samples);

        long before = threads.getCurrentThreadAllocatedBytes();
        SampleSequence sequence = sequence(file, samples);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(TWO_HOURS);
        assertThat(sequence.time(TWO_HOURS - 1)).isEqualTo(512L * (TWO_HOURS - 1));
    }

    private static SampleSequence sequence(Path file, Samples samples) {
        SampleSequence sequence = new SampleSequence();
        for (int i = 0; i < samples.count(); i++) {
            sequence.add(file, samples, i, 0, true);
        }
        return sequence;
    }

    /** @return bytes allocated to build a column, an upper bound of its size */
    private long bytesOf(LongUnaryOperator row) {
        // once before, so that class loading is not counted
        PackedLongColumn.of(LongStream.range(0, TWO_HOURS).map(row));
        long before = threads.getCurrentThreadAllocatedBytes();
        PackedLongColumn column =
                PackedLongColumn.of(LongStream.range(0, TWO_HOURS).map(row));
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(column.get(TWO_HOURS - 1)).isEqualTo(row.applyAsLong(TWO_HOURS - 1));
        return bytes;
    }
}
