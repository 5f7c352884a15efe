package routes.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import routes.media.mp4.AvcConfig;
import routes.media.mp4.BrokenMovie;
import routes.media.mp4.NalUnits;
import routes.media.mp4.Samples;

/** Decides which frames of a clip are copied and which are encoded. */
@Component
class CutPlanner {
    /**
     * @param sources fetched, in the order of time
     * @throws routes.failure.FootageUnusable when they show nothing within their pieces
     * @throws routes.failure.FootageMissing when a recording is not whole yet
     */
    CutPlan plan(List<Source> sources) throws IOException {
        List<Span> spans = Span.of(sources);
        try {
            Reason reason = Joinable.why(spans);
            List<PieceCut> pieces = new ArrayList<>();
            for (Span span : spans) {
                pieces.add(reason == null ? piece(span) : PieceCut.encoded(span, reason));
            }
            return new CutPlan(pieces, reason);
        } catch (BrokenMovie e) {
            return new CutPlan(
                    spans.stream()
                            .map(span -> PieceCut.encoded(span, Reason.DAMAGED))
                            .toList(),
                    Reason.DAMAGED);
        }
    }

    private static PieceCut piece(Span span) throws IOException, BrokenMovie {
        AvcConfig config = span.video().entry().avc();
        Samples samples = span.video().samples();
        Reason reason = Reason.NO_KEYFRAME;
        try (FileChannel file = FileChannel.open(span.source().file(), StandardOpenOption.READ)) {
            NalUnits units = new NalUnits(file, config);
            for (int key = samples.keyframes().nextSetBit(0);
                    key >= 0;
                    key = samples.keyframes().nextSetBit(key + 1)) {
                long time = samples.time(key);
                if (time >= span.first() && time <= span.last()) {
                    if (units.isIdr(samples.range(key))) {
                        return PieceCut.from(span, key);
                    }
                    reason = Reason.OPEN_GOP;
                }
            }
        }
        return PieceCut.encoded(span, reason);
    }
}
