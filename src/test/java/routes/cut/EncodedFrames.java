package routes.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import routes.support.FootageKind;

/** Limits of encoded frames of a cut, and reasons to encode more than its boundaries. */
final class EncodedFrames {
    private static final Set<FootageKind> DIFFERING =
            Set.of(FootageKind.OTHER_PARAMETER_SETS, FootageKind.OTHER_SIZE, FootageKind.OTHER_TIMESCALE);

    /** Segments start within a group of pictures. */
    private static final Set<FootageKind> PARTED = Set.of(FootageKind.OVERLAPPING, FootageKind.HIDDEN_START);

    private EncodedFrames() {}

    static void judge(RandomCut cut, CutReport report) {
        Set<FallbackReason> allowed = reasons(cut);
        if (report.mode() == CutMode.FULL) {
            assertThat(allowed).as("%s, %s", cut, report).contains(report.reason());
            assertThat(report.copied()).isZero();
            return;
        }
        assertThat(allowed)
                .as("%s, %s", cut, report)
                .doesNotContainAnyElementsOf(Set.of(FallbackReason.CODEC, FallbackReason.PIXELS));
        if (report.mode() == CutMode.COPY) {
            assertThat(report.reencoded()).isZero();
        } else if (report.reason() != FallbackReason.OPEN_GOP) {
            assertThat(report.reencoded()).as("%s, %s", cut, report).isLessThanOrEqualTo(most(cut));
        }
    }

    /**
     * For each boundary a GOP and a run of B-frames: at both ends of the clip, or of every segment that joins no other.
     */
    private static int most(RandomCut cut) {
        boolean apart = cut.description().contains("gap") || PARTED.contains(cut.kind());
        int edges = 2 * (apart ? cut.sources().size() : 1);
        return edges * (cut.kind().firstSpec().gop() + cut.kind().firstSpec().bFrames());
    }

    private static Set<FallbackReason> reasons(RandomCut cut) {
        return switch (cut.kind()) {
            case HEVC, HEVC_FRAMES_LEFT_OUT -> Set.of(FallbackReason.CODEC);
            case RAW_SOUND, MP3_SOUND -> Set.of(FallbackReason.SOUND);
            case INTERLACED -> Set.of(FallbackReason.INTERLACED);
            case TEN_BIT, CHROMA_422 -> Set.of(FallbackReason.PIXELS);
            default ->
                DIFFERING.contains(cut.kind()) && cut.sources().size() > 1
                        ? Set.of(FallbackReason.DIFFERENT_RECORDINGS)
                        : Set.of();
        };
    }
}
