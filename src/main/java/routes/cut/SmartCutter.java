package routes.cut;

import java.io.IOException;
import java.util.List;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.scratch.Workspace;

/** The cut, as the clip route calls it: one MP4 of pieces of recordings, exact to the frame. */
@Component("smartCutter")
public class SmartCutter {
    /** The finished clip's name in its workspace. */
    public static final String CLIP = "clip.mp4";

    private static final Logger LOG = LoggerFactory.getLogger(SmartCutter.class);

    private final CutPlanner planner;
    private final BoundaryEncoder edges;
    private final ClipMuxer joiner;
    private final FullReencoder whole;

    SmartCutter(CutPlanner planner, BoundaryEncoder edges, ClipMuxer joiner, FullReencoder whole) {
        this.planner = planner;
        this.edges = edges;
        this.joiner = joiner;
        this.whole = whole;
    }

    /**
     * @param sources fetched, in the order of time
     * @throws routes.failure.FootageUnusableException when they show nothing within their pieces
     * @throws routes.failure.FootageMissingException when a recording is not whole yet
     */
    public CutPlan plan(@Variable("sources") List<Source> sources) throws IOException {
        return planner.plan(sources);
    }

    /** Writes what has to be decoded for the boundaries to files of their own. */
    public void writeExcerpts(@Variable("cut") CutPlan plan, @Variable("workspace") Workspace workspace)
            throws IOException {
        edges.writeExcerpts(plan.edges(), workspace);
    }

    /** @return arguments with which ffmpeg, run in the workspace, encodes the boundaries from their excerpts */
    public List<String> boundaryArguments(@Variable("cut") CutPlan plan) {
        return edges.arguments(plan.edges());
    }

    /** @return the plan that was followed; all is to be encoded where the clip is not beyond doubt */
    public CutPlan join(@Variable("cut") CutPlan plan, @Variable("workspace") Workspace workspace) throws IOException {
        if (plan.way() == CutMode.WHOLE) {
            return plan;
        }
        try {
            joiner.join(plan, workspace);
            return plan;
        } catch (ClipVerificationException e) {
            LOG.warn("{} is encoded as a whole: {}", workspace.folder().getFileName(), e.getMessage());
            return plan.whole(e.reason());
        }
    }

    /** Begins to count what is encoded of the whole clip. */
    public void expectWhole(@Variable("cut") CutPlan plan, @Variable("workspace") Workspace workspace) {
        whole.expect(plan.spans(), workspace);
    }

    /** @return arguments with which ffmpeg, run in the workspace, encodes the whole clip */
    public List<String> reencodingArguments(@Variable("cut") CutPlan plan) {
        return whole.arguments(plan.spans());
    }

    /** @throws routes.failure.FootageUnusableException when the clip that was encoded as a whole lacks a frame */
    public void checkWhole(@Variable("cut") CutPlan plan, @Variable("workspace") Workspace workspace)
            throws IOException {
        whole.check(plan.spans(), workspace);
    }
}
