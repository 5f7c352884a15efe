package routes.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FootageTest {
    private static final Instant CLOCK = Instant.parse("2018-09-16T16:00:17.000Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void everyFrameShowsItsNumberAndEveryBeepIsInTime(int bFrames) {
        FootageSpec spec = FootageSpec.standard().withBFrames(bFrames);

        DecodedClip clip = FrameReader.read(Footage.record(folder.resolve("a.mp4"), spec, 90_007, 100, CLOCK), spec);

        assertThat(clip.decodeErrors()).isEmpty();
        assertThat(clip.first()).isEqualTo(90_007);
        assertThat(clip.last()).isEqualTo(90_106);
        assertThat(clip.count()).isEqualTo(100);
        assertThat(clip.missing()).isEmpty();
        assertThat(clip.duplicated()).isEmpty();
        assertThat(clip.monotone()).isTrue();
        assertThat(clip.frames().get(0).ptsSeconds()).isZero();
        assertThat(clip.largestTimeErrorMs(spec.fps())).isLessThan(0.1);
        assertThat(clip.audioSeconds()).isBetween(3.95, 4.05);
        assertThat(clip.audioOffsetsMs()).hasSize(4);
        assertThat(clip.largestAudioOffsetMs()).isLessThan(5);
    }

    @Test
    void aRateThatIsNoWholeNumberKeepsTime() {
        FootageSpec spec = FootageSpec.standard().withFps(30_000, 1001).withSize(1280, 720);

        DecodedClip clip = FrameReader.read(Footage.record(folder.resolve("a.mp4"), spec, 0, 120, CLOCK), spec);

        assertThat(clip.count()).isEqualTo(120);
        assertThat(clip.monotone()).isTrue();
        assertThat(clip.largestTimeErrorMs(spec.fps())).isLessThan(0.1);
        assertThat(clip.audioOffsetsMs()).isNotEmpty();
        assertThat(clip.largestAudioOffsetMs()).isLessThan(5);
    }

    @Test
    void withoutAudioThereIsNone() {
        FootageSpec spec = FootageSpec.standard().withoutAudio();

        DecodedClip clip = FrameReader.read(Footage.record(folder.resolve("a.mp4"), spec, 0, 25, CLOCK), spec);

        assertThat(clip.last()).isEqualTo(24);
        assertThat(clip.audioSeconds()).isZero();
    }
}
