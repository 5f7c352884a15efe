package routes.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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
 * Random intervals of every kind of footage, decoded as a player would and compared with what a player shows of the
 * recordings. {@code -Dcuts.seed=} draws others; each cut's name tells the seed.
 */
class RandomCutsTest {
    private static final long SEED = Long.getLong("cuts.seed", 20_260_504);
    private static final int IN_FULL = 200;
    private static final List<FootageKind> KINDS = Stream.of(FootageKind.values())
            .filter(kind -> kind != FootageKind.FRAGMENTED)
            .toList();
    /** Seconds within which every kind of footage beeps at least once. */
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
        DecodedClip clip = FrameReader.read(
                CutTrial.cut(folder, cut.sources(), folder.resolve("clip.mp4")),
                cut.kind().firstSpec());

        String seed = "-Dcuts.seed=" + SEED;
        assertThat(clip.decodeErrors()).as(seed).isEmpty();
        assertThat(clip.frames().stream().map(Frame::number))
                .as(seed)
                .isEqualTo(cut.wanted().stream().map(Frame::number).toList());
        assertThat(clip.frames().get(0).ptsSeconds()).as(seed).isZero();
        for (int i = 0; i < clip.count(); i++) {
            assertThat(clip.frames().get(i).ptsSeconds())
                    .as("time of frame %d, %s", i, seed)
                    .isCloseTo(cut.wanted().get(i).ptsSeconds(), within(0.000_1));
        }
        assertThat(clip.largestAudioOffsetMs()).as(seed).isLessThan(45);
        if (hasSound(cut)) {
            assertThat(clip.audioOffsetsMs()).as(seed).isNotEmpty();
        }
    }

    private static boolean hasSound(RandomCut cut) {
        List<Frame> wanted = cut.wanted();
        return cut.kind() != FootageKind.SILENT
                && cut.kind() != FootageKind.SOMETIMES_SILENT
                && !cut.description().contains("gap")
                && wanted.get(wanted.size() - 1).ptsSeconds() > SURELY_A_BEEP;
    }
}
