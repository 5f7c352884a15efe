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

/** Decides which frames of a clip are copied and which are encoded. See docs/decisions/0004. */
@Component
class CutPlanner {
    /**
     * @param sources fetched, in chronological order
     * @throws routes.failure.FootageUnusableException if no frame is within the interval, or a recording is unreadable
     * @throws routes.failure.FootageMissingException if a recording is still incomplete
     */
    CutPlan plan(List<Source> sources) throws IOException {
        Timeline timeline = Timeline.of(sources);
        List<FrameSelection> selections = timeline.selections();
        FallbackReason sound = ConcatCompatibility.ofSound(selections);
        try {
            FallbackReason reason = ConcatCompatibility.ofPictures(selections);
            List<SegmentCutPlan> segments = new ArrayList<>();
            for (FrameSelection selection : selections) {
                segments.add(reason == null ? segment(selection) : SegmentCutPlan.encoded(selection, reason));
            }
            return CutPlan.of(timeline, segments, reason, sound);
        } catch (MalformedMp4Exception e) {
            return CutPlan.of(
                    timeline,
                    selections.stream()
                            .map(selection -> SegmentCutPlan.encoded(selection, FallbackReason.DAMAGED))
                            .toList(),
                    FallbackReason.DAMAGED,
                    sound);
        }
    }

    private static SegmentCutPlan segment(FrameSelection selection) throws IOException, MalformedMp4Exception {
        AvcConfig config = selection.video().entry().avc();
        Samples samples = selection.video().samples();
        FallbackReason reason = FallbackReason.NO_KEYFRAME;
        try (FileChannel file = FileChannel.open(selection.source().file(), StandardOpenOption.READ)) {
            NalUnits units = new NalUnits(file, config);
            for (int key = samples.keyframes().nextSetBit(0);
                    key >= 0;
                    key = samples.keyframes().nextSetBit(key + 1)) {
                long time = samples.time(key);
                if (time >= selection.first() && time <= selection.last()) {
                    if (units.readIdrFlag(samples.range(key))) {
                        return SegmentCutPlan.from(selection, key);
                    }
                    reason = FallbackReason.OPEN_GOP;
                }
            }
        }
        return SegmentCutPlan.encoded(selection, reason);
    }
}
