package routes.ffmpeg;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecCommandExecutor;
import org.apache.camel.component.exec.ExecResult;
import org.springframework.stereotype.Component;
import routes.failure.FfmpegCrashedException;
import routes.failure.FfmpegFailedException;
import routes.failure.FfmpegKilledException;
import routes.failure.ScratchFullException;
import routes.observe.Meters;
import routes.observe.Meters.FfmpegFailure;
import routes.scratch.ScratchSpace;
import routes.scratch.Workspace;
import routes.settings.Settings;

/**
 * Runs ffmpeg for the routes' {@code exec:} endpoints. No other class starts a process. Its output is bounded. It is
 * killed with all its children if it stalls, exceeds its deadline, or its job must stop.
 */
@Component("ffmpegRunner")
public class FfmpegRunner implements ExecCommandExecutor {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    /** Exit values above it contain the signal that ended the process. */
    private static final int SIGNALS = 128;
    /** Errors of a program: SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV. Others come from outside. */
    private static final Set<Integer> CRASHES = Set.of(4, 5, 6, 7, 8, 11);

    private final ScratchSpace workspaces;
    private final FfmpegProgram program;
    private final Duration stall;
    private final Duration deadline;

    public FfmpegRunner(ScratchSpace workspaces, FfmpegProgram program, Settings settings) {
        this.workspaces = workspaces;
        this.program = program;
        this.stall = Duration.ofSeconds(settings.media().stall());
        this.deadline = Duration.ofSeconds(settings.media().deadline());
    }

    /**
     * @param command its working directory is a job's workspace
     * @return with the end of the errors that it printed; results are files
     * @throws FfmpegFailedException if ffmpeg ends with an error
     * @throws FfmpegCrashedException if it crashed
     * @throws FfmpegKilledException if it was killed
     * @throws ScratchFullException if its output exceeds the scratch space
     * @throws routes.failure.WorkStoppedException if the job must stop
     */
    @Override
    public ExecResult execute(ExecCommand command) throws IOException {
        try (InputStream unused = command.getInput()) {
            if (!"ffmpeg".equals(command.getExecutable())) {
                throw new IllegalArgumentException("not a program of this service: " + command.getExecutable());
            }
            Workspace workspace = workspaces.at(Path.of(command.getWorkingDir()));
            workspace.ensureHeld();
            String errors = run(command.getArgs(), workspace);
            return new ExecResult(command, null, new ByteArrayInputStream(errors.getBytes(StandardCharsets.UTF_8)), 0);
        }
    }

    private String run(List<String> args, Workspace workspace) throws IOException {
        List<String> line = new ArrayList<>(program.command());
        line.addAll(List.of("-hide_banner", "-nostdin", "-nostats", "-v", "error", "-progress", "pipe:1", "-y"));
        line.addAll(args);
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(workspace.folder().toFile());
        // inherits no variables, least of all credentials
        builder.environment().keySet().retainAll(List.of("PATH", "LD_LIBRARY_PATH", "SystemRoot", "TEMP"));
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            workspace.onStop(() -> kill(process));
            FfmpegOutput output = FfmpegOutput.drain(process, workspace::reached);
            watch(process, output, workspace);
            output.await();
            workspace.ensureHeld();
            checkExit(process.exitValue(), output.errorTail());
            return output.errorTail();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FfmpegKilledException("ffmpeg was interrupted");
        } finally {
            kill(process);
        }
    }

    private void watch(Process process, FfmpegOutput output, Workspace workspace)
            throws InterruptedException, IOException {
        long start = System.nanoTime();
        Duration most = workspace.timeOfPrograms().compareTo(deadline) > 0 ? workspace.timeOfPrograms() : deadline;
        while (!process.waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
            long now = System.nanoTime();
            workspace.ensureHeld();
            if (now - start > most.toNanos()) {
                Meters.ffmpegFailed(FfmpegFailure.DEADLINE);
                throw new FfmpegKilledException("ffmpeg passed its deadline of " + most.toSeconds() + " s");
            }
            if (now - output.lastProgress() > stall.toNanos()) {
                Meters.ffmpegFailed(FfmpegFailure.STALLED);
                throw new FfmpegKilledException("ffmpeg made no progress for " + stall.toSeconds() + " s");
            }
            try {
                workspaces.reserveMore(workspace);
            } catch (ScratchFullException e) {
                Meters.ffmpegFailed(FfmpegFailure.DISK_FULL);
                throw e;
            }
        }
    }

    private static void checkExit(int exit, String errors) {
        if (exit > SIGNALS) {
            Meters.ffmpegFailed(FfmpegFailure.SIGNAL);
            if (CRASHES.contains(exit - SIGNALS)) {
                throw new FfmpegCrashedException(exit - SIGNALS);
            }
            throw new FfmpegKilledException("ffmpeg was ended by signal " + (exit - SIGNALS));
        }
        if (exit != 0 && errors.contains("No space left on device")) {
            Meters.ffmpegFailed(FfmpegFailure.DISK_FULL);
            throw new ScratchFullException("ffmpeg found no space left");
        }
        if (exit != 0) {
            Meters.ffmpegFailed(FfmpegFailure.ERROR);
            throw new FfmpegFailedException("ffmpeg", exit, errors);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
