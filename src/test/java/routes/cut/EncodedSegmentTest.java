package routes.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.support.FootageKind;
import routes.support.FootageSpec;

/** Number of encoded frames for random intervals. */
class EncodedSegmentTest {
    private static final int CUTS = 1000;
    private static final long SEED = 55;

    @ParameterizedTest
    @EnumSource(names = {"NO_B_FRAMES", "B_FRAMES", "FPS_30", "FPS_60", "SIX_RECORDINGS"})
    void halfAGroupOfPicturesIsEncodedAndNoMoreThanOneAtAnEdge(FootageKind kind) throws IOException {
        FootageSpec spec = kind.firstSpec();
        Random random = new Random(SEED);
        long encoded = 0;
        for (int i = 0; i < CUTS; i++) {
            RandomCut cut = RandomCut.drawJoined(kind, random);
            CutReport report = CutTrial.plan(cut.sources());
            assertThat(report.reencoded()).as("%s", cut).isLessThanOrEqualTo(2 * spec.gop() + spec.bFrames());
            encoded += report.reencoded();
        }
        assertThat((double) encoded / CUTS / spec.gop()).as("fraction of a GOP").isLessThanOrEqualTo(0.55);
    }
}
