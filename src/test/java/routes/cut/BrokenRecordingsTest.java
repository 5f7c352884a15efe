package routes.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.failure.FfmpegFailedException;
import routes.failure.FootageMissingException;
import routes.failure.FootageUnusableException;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.Track;
import routes.support.DecodedClip.Frame;
import routes.support.Footage;
import routes.support.FootageSpec;
import routes.support.FrameReader;
import routes.support.LooseMovie;

/**
 * Recordings with random damage: each leads to a correct clip or to a clear reason. The seed determines the damage.
 */
class BrokenRecordingsTest {
    private static final FootageSpec SPEC =
            FootageSpec.standard().withSize(320, 180).withGop(25).withBFrames(2);
    private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");
    private static final int FRAMES = 100;
    private static final int[] ABSURD = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x10000};
    private static final int READ = 5000;
    private static final int READ_IN_FULL = 50_000;
    private static final int CUT = 40;
    private static final int CUT_IN_FULL = 400;
    /** Maximum bytes that the parser may allocate per byte of the file: arrays, boxes and strings together. */
    private static final int ALLOCATED_PER_BYTE = 100;

    @TempDir
    static Path folder;

    private static Base whole;
    private static Base inFragments;

    /**
     * A recording before it is damaged.
     *
     * @param from start of its tables, in bytes
     * @param to end of its tables, or of the first of them
     */
    private record Base(ByteBuffer file, int from, int to) {
        static Base of(Path file) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            int from = bytes.getInt(0);
            return new Base(bytes, from, from + bytes.getInt(from));
        }

        byte[] bytes() {
            byte[] bytes = new byte[file.limit()];
            file.duplicate().get(bytes);
            return bytes;
        }
    }

    @BeforeAll
    static void record() throws IOException {
        Path file = Footage.record(folder.resolve("whole.mp4"), SPEC, 0, FRAMES, START);
        whole = Base.of(file);
        inFragments = Base.of(LooseMovie.load(file).writeFragments(folder.resolve("fragments.mp4"), 0, 0));
    }

    static Stream<Base> bases() {
        return Stream.of(whole, inFragments);
    }

    @ParameterizedTest
    @MethodSource("bases")
    void tablesAreReadOrRefusedAndNeverTakeMoreMemoryThanTheFileIsWorth(Base base) throws IOException {
        read(base, READ);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("bases")
    void tablesAreReadOrRefusedHoweverOften(Base base) throws IOException {
        read(base, READ_IN_FULL);
    }

    private static void read(Base base, int times) throws IOException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Path file = folder.resolve("tables.mp4");
        int refused = 0;
        for (long seed = 0; seed < times; seed++) {
            Files.write(file, damaged(base, seed));
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
                    .isLessThan((long) ALLOCATED_PER_BYTE * base.file.limit());
        }
        assertThat(refused).isBetween(times / 50, times - times / 50);
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
            byte[] damaged = damaged(seed % 4 == 3 ? inFragments : whole, seed);
            Path file = Files.write(test.workspace().file("recording-0.mp4"), damaged);
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
                report = test.cut(List.of(source)).report();
            } catch (FootageMissingException | FootageUnusableException | FfmpegFailedException e) {
                assertThat(e.getMessage()).isNotBlank();
                return;
            }
            Path clip = test.workspace().file(SmartCutter.CLIP);
            Track video = Movie.read(clip).video().orElseThrow();
            long[] shown = video.samples().times().stream().sorted().toArray();
            assertThat(shown).hasSize(report.copied() + report.reencoded()).doesNotHaveDuplicates();
            // if the first frame is lost, the others keep their times
            assertThat(shown[0] == 0 || !report.lost().isEmpty()).isTrue();
            List<Frame> frames = FrameReader.read(clip, SPEC).frames();
            assertThat(frames).isNotEmpty();
            if (report.lost().isEmpty() && report.decodeErrors() == 0) {
                List<Long> player = shown(damaged, source);
                if (!player.isEmpty()) {
                    assertThat(frames.stream().map(Frame::number)).isEqualTo(player);
                }
            }
        }
    }

    /**
     * @return numbers of the frames that a player shows in the interval; empty if it rejects the file, or shows it
     *     otherwise
     */
    private static List<Long> shown(byte[] damaged, Source source) throws IOException {
        List<Frame> shown;
        try {
            shown = FrameReader.shown(Files.write(folder.resolve("damaged.mp4"), damaged));
        } catch (UncheckedIOException | IllegalStateException e) {
            return List.of();
        }
        boolean unreadable = shown.stream().anyMatch(frame -> frame.number() < 0);
        double first = shown.isEmpty() || unreadable ? 0 : shown.get(0).ptsSeconds();
        // a stream without an edit list begins with its first frame
        double begin = first < 0.1 ? first : 0;
        return unreadable
                ? List.of()
                : shown.stream()
                        .filter(frame -> isWithin(frame.ptsSeconds() - begin, source))
                        .map(Frame::number)
                        .toList();
    }

    /** ffmpeg prints microseconds, hence the tolerance. */
    private static boolean isWithin(double seconds, Source source) {
        double from = Duration.between(START, source.from()).toMillis() / 1000.0;
        double to = Duration.between(START, source.to()).toMillis() / 1000.0;
        return seconds >= from - 1e-6 && seconds < to - 1e-6;
    }

    /** @return the recording truncated, or with random words replaced in its tables or anywhere */
    private static byte[] damaged(Base base, long seed) {
        Random random = new Random(seed);
        byte[] damaged = base.bytes();
        if (random.nextInt(8) == 0) {
            return Arrays.copyOf(damaged, random.nextInt(damaged.length));
        }
        // the tables of fragments are distributed over the file
        int end = random.nextInt(base.equals(inFragments) ? 2 : 8) == 0 ? damaged.length : base.to;
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            int at = base.from + random.nextInt(end - base.from - Integer.BYTES);
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
