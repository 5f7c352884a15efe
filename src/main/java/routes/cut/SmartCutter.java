package routes.cut;

import java.io.IOException;
import java.util.List;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.failure.FootageUnusableException;
import routes.failure.OneLine;
import routes.jobs.Stage;
import routes.scratch.Workspace;

/**
 * The smart cut, called by the clip route: cuts recordings into one frame-accurate MP4.
 * See docs/decisions/0008.
 */
@Component("smartCutter")
public class SmartCutter {
    /** Name of the finished clip in the workspace. */
    public static final String CLIP = "clip.mp4";

    /** Maximum logged characters of an error. */
    private static final int LONGEST_ERROR = 200;

    private static final Logger LOG = LoggerFactory.getLogger(SmartCutter.class);

    private final CutPlanner planner;
    private final SegmentEncoder segments;
    private final SoundEncoder sound;
    private final ClipMuxer muxer;

    SmartCutter(CutPlanner planner, SegmentEncoder segments, SoundEncoder sound, ClipMuxer muxer) {
        this.planner = planner;
        this.segments = segments;
        this.sound = sound;
        this.muxer = muxer;
    }

    /**
     * @param sources fetched, in chronological order
     * @throws routes.failure.FootageUnusableException if no frame is within the interval, or a recording is unreadable
     * @throws routes.failure.FootageMissingException if a recording is still incomplete
     */
    public CutPlan plan(@Variable("sources") List<Source> sources) throws IOException {
        return planner.plan(sources);
    }

    /** Starts progress reporting for encoding. */
    public void expect(@Variable("cut") CutPlan plan, @Variable("workspace") Workspace workspace) {
        boolean again = plan.format().whole();
        workspace.expect(
                plan.pendingMicros() / 1000,
                again ? Stage.BOUNDARIES_ENCODED : Stage.FETCHED,
                again ? Stage.CUT : Stage.BOUNDARIES_ENCODED);
    }

    /** Writes one excerpt per segment of a batch, with the samples to decode. */
    public void writeExcerpts(
            @ExchangeProperty("batch") List<EncodedSegment> batch,
            @Variable("cut") CutPlan plan,
            @Variable("workspace") Workspace workspace)
            throws IOException {
        segments.writeExcerpts(batch, plan.format(), workspace);
    }

    /** @return ffmpeg arguments that encode a batch from its excerpts; the working directory is the workspace */
    public List<String> arguments(
            @ExchangeProperty("batch") List<EncodedSegment> batch, @Variable("cut") CutPlan plan) {
        return segments.arguments(batch, plan.format());
    }

    /**
     * Damaged frames of a recording are shown as a player shows them. Their errors are logged and counted.
     *
     * @param errors that ffmpeg printed while it decoded a batch or the clip; null if none
     * @return the plan with these errors counted
     */
    public CutPlan countErrors(
            @Header("CamelExecStderr") String errors,
            @Variable("cut") CutPlan plan,
            @Variable("workspace") Workspace workspace) {
        List<String> lines = DecoderErrors.in(errors);
        if (!lines.isEmpty()) {
            LOG.warn(
                    "{}: the recordings are damaged, {} decoder errors, the first one: {}",
                    workspace.folder().getFileName(),
                    lines.size(),
                    OneLine.of(lines.get(0), LONGEST_ERROR));
        }
        return plan.with(lines.size());
    }

    /**
     * @param errors that ffmpeg printed while it decoded the batch
     * @return the batch, to be decoded from one keyframe earlier; null if there are no errors, or no earlier frames
     */
    public List<EncodedSegment> withGopsBefore(
            @Header("CamelExecStderr") String errors, @ExchangeProperty("batch") List<EncodedSegment> batch) {
        return DecoderErrors.in(errors).isEmpty() || batch.stream().noneMatch(EncodedSegment::canBeDecodedEarlier)
                ? null
                : batch.stream().map(EncodedSegment::decodedEarlier).toList();
    }

    public void removeExcerpts(
            @ExchangeProperty("batch") List<EncodedSegment> batch, @Variable("workspace") Workspace workspace)
            throws IOException {
        segments.removeExcerpts(batch, workspace);
        workspace.finishedPart();
    }

    /** Writes one excerpt per recording, with the sound to decode. */
    public void writeSoundExcerpts(@Variable("cut") CutPlan plan, @Variable("workspace") Workspace workspace)
            throws IOException {
        sound.writeExcerpts(plan.selections(), workspace);
    }

    /** @return ffmpeg arguments that encode the sound of the clip; the working directory is the workspace */
    public List<String> soundArguments(@Variable("cut") CutPlan plan) {
        return sound.arguments(TimelineSegment.inOrder(plan.segments(), plan.format()), plan.format());
    }

    /**
     * Muxes and verifies the clip.
     *
     * @return the finished plan, or an open plan that encodes more if verification fails
     * @throws FootageUnusableException if verification fails and no more can be encoded
     */
    public CutPlan join(@Variable("cut") CutPlan plan, @Variable("workspace") Workspace workspace) throws IOException {
        try {
            return plan.finished(muxer.join(plan, workspace));
        } catch (ClipVerificationException e) {
            if (!plan.canEncodeMore(e.reason())) {
                throw new FootageUnusableException("the clip cannot be made: " + e.getMessage());
            }
            LOG.warn("{}: more of the clip is encoded: {}", workspace.folder().getFileName(), e.getMessage());
            return plan.encodingMore(e.reason());
        }
    }
}
