package routes.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.DecodedClip;
import routes.support.DecodedClip.Frame;
import routes.support.FootageKind;
import routes.support.FrameReader;

/**
 * Random intervals of every kind of footage, decoded as a player would and compared with the frames that a player shows
 * of the recordings. {@code -Dcuts.seed=} draws others; each cut's name contains the seed.
 */
class RandomCutsTest {
    private static final long SEED = Long.getLong("cuts.seed", 20_260_504);
    private static final int IN_FULL = 200;
    private static final List<FootageKind> KINDS = List.of(FootageKind.values());
    /** Every kind of footage has at least one beep in this many seconds. */
    private static final double SURELY_A_BEEP = 2.5;

    @TempDir
    Path folder;

    static Stream<RandomCut> oneOfEachKind() {
        Random random = new Random(SEED);
        return KINDS.stream().map(kind -> RandomCut.draw(kind, random));
    }

    static Stream<RandomCut> many() {
        Random random = new Random(SEED + 1);
        return IntStream.range(0, IN_FULL).mapToObj(i -> RandomCut.draw(KINDS.get(i % KINDS.size()), random));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oneOfEachKind")
    void isExact(RandomCut cut) throws Exception {
        judge(cut);
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}")
    @MethodSource("many")
    void isExactHoweverOften(RandomCut cut) throws Exception {
        judge(cut);
    }

    private void judge(RandomCut cut) throws Exception {
        Path file = folder.resolve("clip.mp4");
        CutReport report = CutTrial.fetchAndCut(folder, cut.sources(), file);
        DecodedClip clip = FrameReader.read(file, cut.kind().firstSpec());

        String seed = "-Dcuts.seed=" + SEED + ", " + report;
        assertThat(report.copied() + report.reencoded()).as(seed).isEqualTo(clip.count());
        EncodedFrames.judge(cut, report);
        assertThat(clip.decodeErrors()).as(seed).isEmpty();
        assertThat(clip.frames().stream().map(Frame::number))
                .as(seed)
                .isEqualTo(cut.wanted().stream().map(Frame::number).toList());
        assertThat(clip.frames().get(0).ptsSeconds()).as(seed).isZero();
        assertThat(shifts(cut, clip))
                .as("deviation in tenths of a millisecond, %s", seed)
                .allMatch(off -> Math.abs(off) <= tolerance(cut));
        assertThat(shifts(cut, clip))
                .as("deviation in tenths of a millisecond, %s", seed)
                .hasSizeLessThanOrEqualTo(cut.sources().size());
        assertThat(clip.audioOffsetsMs()).as(seed).allMatch(offset -> Math.abs(offset) < 45);
        if (hasSound(cut)) {
            assertThat(clip.audioOffsetsMs()).as(seed).isNotEmpty();
        }
    }

    /**
     * Delays of frames relative to their expected times, in tenths of a millisecond; all frames of one segment have the
     * same delay.
     */
    private static Set<Long> shifts(RandomCut cut, DecodedClip clip) {
        return IntStream.range(0, clip.count())
                .mapToObj(i ->
                        clip.frames().get(i).ptsSeconds() - cut.wanted().get(i).ptsSeconds())
                .map(seconds -> Math.round(seconds * 10_000))
                .collect(Collectors.toSet());
    }

    /**
     * A recording whose last frame appears to end after the next one's start is joined to it, which shifts times by
     * less than half a frame.
     */
    private static long tolerance(RandomCut cut) {
        return cut.kind() == FootageKind.UNEVEN_TIMES
                ? (long) (5_000 / cut.kind().firstSpec().fps())
                : 1;
    }

    private static boolean hasSound(RandomCut cut) {
        List<Frame> wanted = cut.wanted();
        return cut.kind() != FootageKind.SILENT
                && cut.kind() != FootageKind.SOMETIMES_SILENT
                && cut.kind() != FootageKind.EMPTY_SOUND
                && !cut.description().contains("gap")
                && wanted.get(wanted.size() - 1).ptsSeconds() > SURELY_A_BEEP;
    }
}
