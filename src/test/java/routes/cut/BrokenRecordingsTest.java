package routes.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.failure.FfmpegFailedException;
import routes.failure.FootageMissingException;
import routes.failure.FootageUnusableException;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.Track;
import routes.support.Footage;
import routes.support.FootageSpec;
import routes.support.FrameReader;

/** Recordings that were damaged at random: each ends in a whole clip or in a clear reason. A seed tells which damage. */
class BrokenRecordingsTest {
    private static final FootageSpec SPEC =
            FootageSpec.standard().withSize(320, 180).withGop(25).withBFrames(2);
    private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");
    private static final int FRAMES = 100;
    private static final int[] ABSURD = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x10000};
    private static final int READ = 5000;
    private static final int CUT = 40;
    private static final int CUT_IN_FULL = 400;
    /** Bytes for which the parser may ask at most, for each byte of the file: arrays, boxes and strings together. */
    private static final int ALLOCATED_PER_BYTE = 100;

    @TempDir
    static Path folder;

    private static byte[] whole;
    private static int headerStart;
    private static int headerEnd;

    @BeforeAll
    static void record() throws IOException {
        whole = Files.readAllBytes(Footage.record(folder.resolve("whole.mp4"), SPEC, 0, FRAMES, START));
        ByteBuffer file = ByteBuffer.wrap(whole);
        headerStart = file.getInt(0);
        headerEnd = headerStart + file.getInt(headerStart);
    }

    @Test
    void tablesAreReadOrRefusedAndNeverTakeMoreMemoryThanTheFileIsWorth() throws IOException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Path file = folder.resolve("tables.mp4");
        int refused = 0;
        for (long seed = 0; seed < READ; seed++) {
            Files.write(file, damaged(seed));
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                Movie.read(file);
            } catch (MalformedMp4Exception e) {
                assertThat(e).hasMessageMatching("\\p{Print}{5,200}");
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated for seed %d", seed)
                    .isLessThan((long) ALLOCATED_PER_BYTE * whole.length);
        }
        assertThat(refused).isBetween(READ / 10, READ - READ / 10);
    }

    static LongStream some() {
        return LongStream.range(0, CUT);
    }

    static LongStream many() {
        return LongStream.range(CUT, CUT_IN_FULL);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("some")
    void aCutEndsInAWholeClipOrInAReason(long seed) throws Exception {
        cut(seed);
    }

    @Tag("full")
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("many")
    void aCutEndsInAWholeClipOrInAReasonHoweverOften(long seed) throws Exception {
        cut(seed);
    }

    private static void cut(long seed) throws Exception {
        try (TestWorkspace test = new TestWorkspace(folder)) {
            Path file = Files.write(test.workspace().file("recording-0.mp4"), damaged(seed));
            Source source = new Source(
                    "key",
                    file,
                    Files.size(file),
                    "etag",
                    START,
                    START.plusSeconds(4),
                    START.plusMillis(500 + 10 * (seed % 50)),
                    START.plusMillis(2700));
            CutReport report;
            try {
                report = test.cut(List.of(source));
            } catch (FootageMissingException | FootageUnusableException | FfmpegFailedException e) {
                assertThat(e.getMessage()).isNotBlank();
                return;
            }
            Path clip = test.workspace().file(SmartCutter.CLIP);
            Track video = Movie.read(clip).video().orElseThrow();
            long[] shown = video.samples().times().stream().sorted().toArray();
            assertThat(shown)
                    .hasSize(report.copied() + report.reencoded())
                    .startsWith(0)
                    .doesNotHaveDuplicates();
            assertThat(FrameReader.read(clip, SPEC).count()).isPositive();
        }
    }

    /** @return the recording cut off, or with some words of its header, or of anything, replaced */
    private static byte[] damaged(long seed) throws IOException {
        Random random = new Random(seed);
        if (random.nextInt(8) == 0) {
            return Arrays.copyOf(whole, random.nextInt(whole.length));
        }
        byte[] damaged = whole.clone();
        int end = random.nextInt(8) == 0 ? whole.length : headerEnd;
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            int at = headerStart + random.nextInt(end - headerStart - Integer.BYTES);
            int word = random.nextBoolean() ? ABSURD[random.nextInt(ABSURD.length)] : random.nextInt();
            if (random.nextBoolean()) {
                damaged[at] = (byte) word;
            } else {
                ByteBuffer.wrap(damaged).putInt(at, word);
            }
        }
        return damaged;
    }
}
