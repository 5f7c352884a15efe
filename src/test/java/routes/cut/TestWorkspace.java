package routes.cut;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecResult;
import routes.fetch.FetchPlan;
import routes.fetch.FetchPlanner;
import routes.fetch.RecordingPart;
import routes.ffmpeg.FfmpegProgram;
import routes.ffmpeg.FfmpegRunner;
import routes.jobs.Job;
import routes.jobs.JobStore;
import routes.jobs.Lease;
import routes.jobs.LeaseRegistry;
import routes.jobs.WorkControl;
import routes.scratch.ScratchFolder;
import routes.scratch.ScratchSpace;
import routes.scratch.Workspace;
import routes.settings.Settings;
import routes.support.LocalFfmpeg;
import routes.support.TestJobs;
import routes.support.TestSettings;

/** A workspace with a real ffmpeg, for a job that is not in a table. */
public final class TestWorkspace implements AutoCloseable {
    private final SmartCutter cutter =
            new SmartCutter(new CutPlanner(), new SegmentEncoder(), new SoundEncoder(), new ClipMuxer());
    private final Path base;
    private final ScratchFolder scratch;
    private final long limit;
    private final ScratchSpace workspaces;
    private final Workspace workspace;
    private final Lease lease;
    private final List<Workspace> opened = new ArrayList<>();

    public TestWorkspace(Path base) throws IOException {
        this(base, 0);
    }

    /** @param limit bytes, 0 for all free space; see {@link Settings.Media#scratchLimit()} */
    public TestWorkspace(Path base, long limit) throws IOException {
        this.base = base;
        this.limit = limit;
        Settings settings = settings(120, 120);
        Clock clock = Clock.systemUTC();
        LeaseRegistry leases = new LeaseRegistry(new JobStore(null, clock, settings), clock, settings);
        Job job = TestJobs.running("job-1", clock.instant());
        scratch = new ScratchFolder(settings);
        workspaces = new ScratchSpace(scratch, settings);
        lease = leases.hold(job);
        workspace = workspaces.open(job.id(), lease);
    }

    public Workspace workspace() {
        return workspace;
    }

    public void reserve(FetchPlan fetch) {
        workspaces.reserve(workspace, fetch.room(), fetch.bytes());
    }

    public void reserveOutput(long bytes) {
        workspaces.reserveOutput(workspace, bytes);
    }

    public Lease lease() {
        return lease;
    }

    /**
     * @param stall seconds
     * @param deadline seconds
     */
    public FfmpegRunner runner(int stall, int deadline) {
        Settings settings = settings(stall, deadline);
        return new FfmpegRunner(workspaces, new FfmpegProgram(settings), settings);
    }

    /** @return another workspace, with its own work control */
    public Workspace open(String name, WorkControl control) throws IOException {
        Workspace more = workspaces.open(name, control);
        opened.add(more);
        return more;
    }

    public ExecCommand command(List<String> args) {
        return command(workspace, args);
    }

    public ExecCommand command(Workspace in, List<String> args) {
        return new ExecCommand(
                "ffmpeg", args, in.folder().toString(), 0L, Set.of(), null, null, false, LoggingLevel.DEBUG);
    }

    /**
     * Cuts with the steps of the route, and decodes the clip to count its errors.
     *
     * @param sources in this workspace
     * @return the finished plan
     */
    CutPlan cut(List<Source> sources) throws IOException {
        CutPlan plan = make(sources);
        ClipCheck check = new ClipCheck(TestSettings.with(Map.of("CHECK_CLIPS", "frames")));
        return cutter.countErrors(run(check.command()), plan, workspace);
    }

    /** Like {@link #cut}; does not decode the clip. */
    CutPlan make(List<Source> sources) throws IOException {
        CutPlan plan = cutter.plan(sources);
        while (plan.isOpen()) {
            while (plan.isEncoding()) {
                List<EncodedSegment> batch = plan.nextBatch();
                String errors = encode(batch, plan);
                List<EncodedSegment> damaged = cutter.withGopsBefore(errors, batch);
                if (damaged != null) {
                    for (RecordingPart part : new FetchPlanner().partsOf(damaged)) {
                        CutTrial.fetch(part);
                    }
                    errors = encode(damaged, plan);
                }
                plan = cutter.countErrors(errors, plan, workspace);
                cutter.removeExcerpts(batch, workspace);
                plan = plan.withoutNextBatch();
            }
            if (plan.encodesSound()) {
                cutter.writeSoundExcerpts(plan, workspace);
                run(cutter.soundArguments(plan));
            }
            plan = cutter.join(plan, workspace);
        }
        return plan;
    }

    private String encode(List<EncodedSegment> batch, CutPlan plan) throws IOException {
        cutter.writeExcerpts(batch, plan, workspace);
        return run(cutter.arguments(batch, plan));
    }

    /** @return what ffmpeg printed */
    private String run(List<String> args) throws IOException {
        ExecResult result = runner(120, 600).execute(command(args));
        return new String(result.getStderr().readAllBytes(), StandardCharsets.UTF_8);
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
        for (Workspace more : opened) {
            workspaces.remove(more);
        }
        scratch.remove();
    }
}
