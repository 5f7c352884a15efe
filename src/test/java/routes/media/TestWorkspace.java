package routes.media;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.exec.ExecCommand;
import routes.Settings;
import routes.jobs.Job;
import routes.jobs.JobStore;
import routes.jobs.Lease;
import routes.jobs.Leases;
import routes.support.LocalFfmpeg;
import routes.support.TestJobs;
import routes.support.TestSettings;

/** A workspace with a real ffmpeg, of a job that exists in a test only. */
final class TestWorkspace implements AutoCloseable {
    private final Path base;
    private final ScratchFolder scratch;
    private final long limit;
    private final Workspaces workspaces;
    private final Workspace workspace;
    private final Lease lease;

    TestWorkspace(Path base) throws IOException {
        this(base, 0);
    }

    /** @param limit bytes, see {@link Settings.Media#scratchLimit()} */
    TestWorkspace(Path base, long limit) throws IOException {
        this.base = base;
        this.limit = limit;
        Settings settings = settings(120, 120);
        Clock clock = Clock.systemUTC();
        Leases leases = new Leases(new JobStore(null, clock, settings), clock, settings);
        Job job = TestJobs.running("job-1", clock.instant());
        scratch = new ScratchFolder(settings);
        workspaces = new Workspaces(scratch, leases, settings);
        lease = leases.hold(job);
        workspace = workspaces.open(job);
    }

    Workspace workspace() {
        return workspace;
    }

    void reserve(FetchPlan fetch) {
        workspaces.reserve(workspace, fetch);
    }

    Lease lease() {
        return lease;
    }

    /**
     * @param stall seconds
     * @param deadline seconds
     */
    FfmpegRunner runner(int stall, int deadline) {
        Settings settings = settings(stall, deadline);
        return new FfmpegRunner(workspaces, new FfmpegProgram(settings), settings);
    }

    ExecCommand command(List<String> args) {
        return new ExecCommand(
                "ffmpeg", args, workspace.folder().toString(), 0L, Set.of(), null, null, false, LoggingLevel.DEBUG);
    }

    /**
     * Cuts as the route does.
     *
     * @param sources in this workspace
     * @return what was done
     */
    CutReport cut(List<Source> sources) throws IOException {
        Cutter cutter = new Cutter(new CutPlanner(), new EdgeEncoder(), new ClipJoiner(), new WholeEncoder());
        FfmpegRunner runner = runner(120, 600);
        CutPlan plan = cutter.plan(sources);
        if (!plan.edges().isEmpty()) {
            runner.execute(command(cutter.encodeEdges(plan, workspace)));
        }
        plan = cutter.join(plan, workspace);
        if (plan.way() == Way.WHOLE) {
            runner.execute(command(cutter.encodeWhole(plan, workspace)));
            cutter.checkWhole(plan, workspace);
        }
        return plan.report();
    }

    private Settings settings(int stall, int deadline) {
        return TestSettings.with(Map.of(
                "FFMPEG",
                LocalFfmpeg.path().toString(),
                "CLIP_DOWNLOAD_DEST",
                base.toString(),
                "SCRATCH_LIMIT",
                limit,
                "FFMPEG_STALL",
                stall,
                "FFMPEG_DEADLINE",
                deadline));
    }

    @Override
    public void close() throws IOException {
        workspaces.remove(workspace);
        scratch.remove();
    }
}
