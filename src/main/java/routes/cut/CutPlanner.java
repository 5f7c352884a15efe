package routes.cut;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import routes.mp4.AvcConfig;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.NalUnits;
import routes.mp4.Samples;

/** Decides which frames of a clip are copied and which are encoded. */
@Component
class CutPlanner {
    /**
     * @param sources fetched, in the order of time
     * @throws routes.failure.FootageUnusableException when they show nothing within their pieces
     * @throws routes.failure.FootageMissingException when a recording is not whole yet
     */
    CutPlan plan(List<Source> sources) throws IOException {
        Timeline timeline = Timeline.of(sources);
        List<FrameSelection> spans = timeline.spans();
        FallbackReason sound = ConcatCompatibility.ofSound(spans);
        try {
            FallbackReason reason = ConcatCompatibility.ofPictures(spans);
            List<SegmentCutPlan> pieces = new ArrayList<>();
            for (FrameSelection span : spans) {
                pieces.add(reason == null ? piece(span) : SegmentCutPlan.encoded(span, reason));
            }
            return CutPlan.of(timeline, pieces, reason, sound);
        } catch (MalformedMp4Exception e) {
            return CutPlan.of(
                    timeline,
                    spans.stream()
                            .map(span -> SegmentCutPlan.encoded(span, FallbackReason.DAMAGED))
                            .toList(),
                    FallbackReason.DAMAGED,
                    sound);
        }
    }

    private static SegmentCutPlan piece(FrameSelection span) throws IOException, MalformedMp4Exception {
        AvcConfig config = span.video().entry().avc();
        Samples samples = span.video().samples();
        FallbackReason reason = FallbackReason.NO_KEYFRAME;
        try (FileChannel file = FileChannel.open(span.source().file(), StandardOpenOption.READ)) {
            NalUnits units = new NalUnits(file, config);
            for (int key = samples.keyframes().nextSetBit(0);
                    key >= 0;
                    key = samples.keyframes().nextSetBit(key + 1)) {
                long time = samples.time(key);
                if (time >= span.first() && time <= span.last()) {
                    if (units.readIdrFlag(samples.range(key))) {
                        return SegmentCutPlan.from(span, key);
                    }
                    reason = FallbackReason.OPEN_GOP;
                }
            }
        }
        return SegmentCutPlan.encoded(span, reason);
    }
}
