package routes.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.cut.TestWorkspace;
import routes.failure.FfmpegFailedException;
import routes.failure.FfmpegKilledException;
import routes.failure.LeaseLostException;
import routes.failure.ScratchFullException;
import routes.failure.WorkTimedOutException;
import routes.jobs.Stage;
import routes.jobs.TimedWork;
import routes.scratch.Workspace;

/** A real ffmpeg in a workspace whose job is not in a table. */
class FfmpegRunnerTest {
    private static final List<String> ENDLESS =
            List.of("-re", "-f", "lavfi", "-i", "testsrc=size=160x120:rate=25", "-f", "null", "-");

    @TempDir
    Path base;

    private TestWorkspace test;
    private Workspace workspace;

    @BeforeEach
    void openWorkspace() throws IOException {
        test = new TestWorkspace(base);
        workspace = test.workspace();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        await().atMost(Duration.ofSeconds(5)).until(() -> ProcessHandle.current()
                .descendants()
                .noneMatch(p -> p.info().command().orElse("").contains("ffmpeg")));
        test.close();
        try (Stream<Path> left = Files.list(base)) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactly("sweep.lock");
        }
    }

    @Test
    void oneThatOutgrowsTheScratchSpaceIsKilled() throws IOException {
        test.close();
        test = new TestWorkspace(base, 3_000_000);
        List<String> large =
                List.of("-re", "-f", "lavfi", "-i", "testsrc=size=640x480:rate=25", "-c:v", "rawvideo", "large.avi");

        assertThatThrownBy(() -> test.runner(20, 20).execute(test.command(large)))
                .isInstanceOf(ScratchFullException.class)
                .hasMessageContaining("for its output");
    }

    @Test
    void longWorkMayPassTheDeadlineOfAllPrograms() throws IOException {
        workspace.allow(Duration.ofMinutes(1));

        runner(60, 1)
                .execute(command(
                        "-re", "-f", "lavfi", "-i", "testsrc=size=160x120:rate=25", "-t", "2", "-f", "null", "-"));
    }

    @Test
    void aStepThatFailsAtTheSameTimeEndsIt() {
        RuntimeException failure = new IllegalStateException("the other step failed");
        workspace.abandon(failure);

        assertThatThrownBy(() -> runner(60, 60)
                        .execute(
                                command("-re", "-f", "lavfi", "-i", "testsrc=size=160x120:rate=25", "-f", "null", "-")))
                .isSameAs(failure);
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    /** The case of an HTTP request, which has no job and no lease. */
    @Test
    void timedWorkIsKilledAfterItsTime() throws IOException {
        List<String> endless = List.of("-re", "-f", "lavfi", "-i", "testsrc=size=160x120:rate=25", "-f", "null", "-");
        try (TimedWork second = new TimedWork(Duration.ofSeconds(1))) {
            Workspace own = test.open("snapshot", second);

            assertThatThrownBy(() -> test.runner(60, 60).execute(test.command(own, endless)))
                    .isInstanceOf(WorkTimedOutException.class)
                    .hasMessageContaining("1000 ms");
        }
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void oneThatIsDoneInTimeIsNotDisturbed() throws IOException {
        try (TimedWork minute = new TimedWork(Duration.ofMinutes(1))) {
            Workspace own = test.open("snapshot", minute);

            test.runner(60, 60)
                    .execute(test.command(
                            own,
                            List.of("-f", "lavfi", "-i", "testsrc=size=160x120:rate=25", "-frames:v", "1", "a.png")));

            assertThat(own.file("a.png")).isNotEmptyFile();
        }
    }

    @Test
    void itWritesFilesReportsProgressAndReturnsErrorsOnly() throws IOException {
        workspace.expect(2000, Stage.FETCHED, Stage.THUMBNAILS_MADE);

        ExecResult result = runner(60, 60)
                .execute(command(
                        "-f", "lavfi", "-i", "testsrc=size=160x120:rate=25", "-t", "2", "-c:v", "libx264", "a.mp4"));

        assertThat(result.getStdout()).isNull();
        assertThat(result.getStderr()).isEmpty();
        assertThat(Files.size(workspace.file("a.mp4"))).isPositive();
        assertThat(test.lease().progress()).isBetween(75, 80);
    }

    @Test
    void errorsOfAProgramThatGoesOnAreReturned() throws Exception {
        ExecResult result = runner(60, 60)
                .execute(command(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc=size=160x120:rate=25",
                        "-t",
                        "1",
                        "-vf",
                        "showinfo",
                        "-loglevel",
                        "info",
                        "-f",
                        "null",
                        "-"));

        assertThat(result.getStderr()).asString(StandardCharsets.UTF_8).contains("pts_time:0.96");
    }

    @Test
    void anErrorContainsTheEndOfStderr() {
        assertThatThrownBy(() -> runner(60, 60).execute(command("-i", "missing.mp4", "-f", "null", "-")))
                .isInstanceOf(FfmpegFailedException.class)
                .hasMessageContaining("missing.mp4: No such file or directory");
    }

    @Test
    void argumentsAreTakenLiterally() {
        assertThatThrownBy(() -> runner(60, 60).execute(command("-i", "$(touch x) ; touch x", "-f", "null", "-")))
                .isInstanceOf(FfmpegFailedException.class)
                .hasMessageContaining("$(touch x) ; touch x: No such file");
        assertThat(workspace.folder()).isEmptyDirectory();
    }

    @Test
    void ofAFloodOfErrorsEightKilobytesAreKept() {
        assertThatThrownBy(() -> runner(60, 60)
                        .execute(command(
                                "-v",
                                "trace",
                                "-f",
                                "lavfi",
                                "-i",
                                "testsrc=size=160x120:rate=25",
                                "-t",
                                "4",
                                "-i",
                                "missing.mp4",
                                "-f",
                                "null",
                                "-")))
                .isInstanceOf(FfmpegFailedException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(8 * 1024 + 50));
    }

    @Test
    void aProcessWithoutProgressIsKilled() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String input = "tcp://127.0.0.1:" + silent.getLocalPort();

            assertThatThrownBy(() -> runner(1, 60).execute(command("-i", input, "-f", "null", "-")))
                    .isInstanceOf(FfmpegKilledException.class)
                    .hasMessageContaining("no progress for 1 s");
        }
    }

    @Test
    void aProcessPastItsDeadlineIsKilled() {
        assertThatThrownBy(() -> runner(60, 1).execute(command(ENDLESS.toArray(String[]::new))))
                .isInstanceOf(FfmpegKilledException.class)
                .hasMessageContaining("deadline of 1 s");
    }

    @Test
    void aJobThatMustStopHasItsProcessKilled() {
        CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> {
            try {
                runner(60, 60).execute(command(ENDLESS.toArray(String[]::new)));
                return null;
            } catch (IOException | RuntimeException e) {
                return e;
            }
        });
        await().until(() -> ProcessHandle.current()
                .descendants()
                .anyMatch(p -> p.info().command().orElse("").contains("ffmpeg")));

        test.lease().stop(new LeaseLostException("job-1"));

        assertThat(failure.orTimeout(2, TimeUnit.SECONDS).join()).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void noOtherProgramIsStarted() {
        ExecCommand command = new ExecCommand(
                "/bin/sh",
                List.of("-c", "true"),
                workspace.folder().toString(),
                0L,
                Set.of(),
                null,
                null,
                false,
                LoggingLevel.DEBUG);

        assertThatThrownBy(() -> runner(60, 60).execute(command)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theInputOfTheCommandIsClosed() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        ByteArrayInputStream input = new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
                closed.set(true);
            }
        };

        runner(60, 60)
                .execute(new ExecCommand(
                        "ffmpeg",
                        List.of("-version"),
                        workspace.folder().toString(),
                        0L,
                        Set.of(),
                        input,
                        null,
                        false,
                        LoggingLevel.DEBUG));

        assertThat(closed).isTrue();
    }

    private FfmpegRunner runner(int stall, int deadline) {
        return test.runner(stall, deadline);
    }

    private ExecCommand command(String... args) {
        return test.command(List.of(args));
    }
}
