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

/** The cut, as the clip route calls it: one MP4 of segments of recordings, exact to the frame. See docs/decisions/0008. */
@Component("smartCutter")
public class SmartCutter {
    /** The finished clip's name in its workspace. */
    public static final String CLIP = "clip.mp4";

    /** Characters of an error that are logged. */
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
     * @param sources fetched, in the order of time
     * @throws routes.failure.FootageUnusableException when they show nothing within their segments
     * @throws routes.failure.FootageMissingException when a recording is not whole yet
     */
    public CutPlan plan(@Variable("sources") List<Source> sources) throws IOException {
        return planner.plan(sources);
    }

    /** Begins to count what is encoded. */
    public void expect(@Variable("cut") CutPlan plan, @Variable("workspace") Workspace workspace) {
        boolean again = plan.format().whole();
        workspace.expect(
                plan.pendingMicros() / 1000,
                again ? Stage.BOUNDARIES_ENCODED : Stage.FETCHED,
                again ? Stage.CUT : Stage.BOUNDARIES_ENCODED);
    }

    /** Writes what has to be decoded for a batch to files of their own. */
    public void writeExcerpts(
            @ExchangeProperty("batch") List<EncodedSegment> batch,
            @Variable("cut") CutPlan plan,
            @Variable("workspace") Workspace workspace)
            throws IOException {
        segments.writeExcerpts(batch, plan.format(), workspace);
    }

    /** @return arguments with which ffmpeg, run in the workspace, encodes a batch from its excerpts */
    public List<String> arguments(
            @ExchangeProperty("batch") List<EncodedSegment> batch, @Variable("cut") CutPlan plan) {
        return segments.arguments(batch, plan.format());
    }

    /**
     * @param errors that ffmpeg printed while it encoded a batch
     * @return the plan, with these counted: what is damaged in a recording is shown as a player shows it, but not in silence
     */
    public CutPlan countErrors(
            @Header("CamelExecStderr") String errors,
            @Variable("cut") CutPlan plan,
            @Variable("workspace") Workspace workspace) {
        List<String> lines = errors == null ? List.of() : errors.lines().toList();
        if (!lines.isEmpty()) {
            LOG.warn(
                    "{}: frames are encoded in spite of {} errors of the decoder, such as: {}",
                    workspace.folder().getFileName(),
                    lines.size(),
                    OneLine.of(lines.get(0), LONGEST_ERROR));
        }
        return plan.with(lines.size());
    }

    public void removeExcerpts(
            @ExchangeProperty("batch") List<EncodedSegment> batch, @Variable("workspace") Workspace workspace)
            throws IOException {
        segments.removeExcerpts(batch, workspace);
        workspace.finishedPart();
    }

    /** Writes the sound of each recording that has to be decoded to a file of its own. */
    public void writeSoundExcerpts(@Variable("cut") CutPlan plan, @Variable("workspace") Workspace workspace)
            throws IOException {
        sound.writeExcerpts(plan.selections(), workspace);
    }

    /** @return arguments with which ffmpeg, run in the workspace, encodes the sound of the clip */
    public List<String> soundArguments(@Variable("cut") CutPlan plan) {
        return sound.arguments(TimelineSegment.inOrder(plan.segments(), plan.format()), plan.format());
    }

    /**
     * @return the plan that was followed; or one that encodes more, to be followed next, where the clip is not beyond doubt
     * @throws FootageUnusableException when there is no doubt that it cannot be made
     */
    public CutPlan join(@Variable("cut") CutPlan plan, @Variable("workspace") Workspace workspace) throws IOException {
        try {
            return plan.finished(muxer.join(plan, workspace));
        } catch (ClipVerificationException e) {
            if (!plan.canEncodeMore(e.reason())) {
                throw new FootageUnusableException("the clip cannot be made: " + e.getMessage());
            }
            LOG.warn("{}: more is encoded: {}", workspace.folder().getFileName(), e.getMessage());
            return plan.encodingMore(e.reason());
        }
    }
}
