package routes.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.support.DecodedClip.Frame;
import routes.support.KnownFootage.Known;

/** Checks the reference for cuts: every frame is shown at the instant of its number. */
@Tag("full")
class KnownFootageTest {
    @ParameterizedTest
    @EnumSource(FootageKind.class)
    void everyFrameIsShownAtItsInstant(FootageKind kind) {
        FootageSpec spec = kind.firstSpec();
        double frameMicros = 1e6 / spec.fps();
        double unevenness = kind == FootageKind.UNEVEN_TIMES ? 0.2 * frameMicros : 100;
        long last = -1;
        for (Known recording : KnownFootage.of(kind)) {
            assertThat(recording.frames()).isNotEmpty();
            for (Frame frame : recording.frames()) {
                double shouldBe = KnownFootage.FIRST.toEpochMilli() * 1000.0 + frame.number() * frameMicros;
                assertThat((double) recording.micros(frame)).isCloseTo(shouldBe, within(unevenness));
            }
            assertThat(recording.frames().get(0).number()).isGreaterThan(last - kind.recordings.overlap());
            last = recording.frames().get(recording.frames().size() - 1).number();
        }
    }
}
