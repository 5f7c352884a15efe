package routes.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import routes.support.ClipClient;
import routes.support.Leftovers;
import routes.support.LocalCloud;
import routes.support.LocalFfmpeg;
import routes.support.LocalResources;
import routes.support.PastFootage;
import routes.support.ServiceProcess;
import routes.support.SlowFfmpeg;

/** A service that gets SIGTERM while it makes a clip: real processes, real signals. */
@Tag("full")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
class GracefulShutdownTest {
    private static final int TERMINATED = 143;
    private static final Duration START = Duration.ofSeconds(60);

    private final LocalResources resources = LocalCloud.shared()
            .newResources("-stop-" + UUID.randomUUID().toString().substring(0, 8));
    private final ClipClient client = new ClipClient(LocalCloud.shared(), resources);
    private final String clipId = ClipClient.newId();

    @TempDir
    Path folder;

    private Path scratch;
    private Map<String, String> settings;

    @BeforeEach
    void request() {
        Instant start = PastFootage.shared().start().plusSeconds(1);
        client.send(ClipClient.request(clipId, start, start.plusMillis(400)).toString());
        scratch = folder.resolve("scratch");
        settings = new HashMap<>(
                Map.of("CLIP_DOWNLOAD_DEST", scratch.toString(), "THUMBNAIL_SIZES", "300", "CLIP_WORKERS", "1"));
    }

    @Test
    void unfinishedWorkReturnsToTheQueueAndTheNextProcessFinishesIt() throws Exception {
        settings.put("DRAIN", "1");
        settings.put("FFMPEG", SlowFfmpeg.waiting(60, folder).toString());
        try (ServiceProcess service = ServiceProcess.service(resources, settings)) {
            await().atMost(START).until(() -> !service.children().isEmpty());

            Instant signal = Instant.now();
            service.stop();

            assertThat(service.awaitExit(Duration.ofSeconds(15)))
                    .as("exit after %s", Duration.between(signal, Instant.now()))
                    .hasValue(TERMINATED);
            assertThat(Leftovers.programs(folder)).isEmpty();
            assertThat(service.lines().stream().filter(line -> line.contains(" ERROR ")))
                    .isEmpty();
        }
        assertThat(Leftovers.files(scratch)).isEmpty();
        assertThat(client.waitingRequests()).as("visible in the queue").containsExactly(1, 0);
        assertThat(client.jobStatus(clipId)).isEqualTo("RUNNING");
        assertThat(client.job(clipId)).doesNotContainKeys("owner", "leaseUntil").containsKey("dueAt");

        settings.put("FFMPEG", LocalFfmpeg.path().toString());
        try (ServiceProcess next = ServiceProcess.service(resources, settings)) {
            await().atMost(START).until(() -> client.jobStatus(clipId).equals("DONE"));
            next.stop();
            assertThat(next.awaitExit(Duration.ofSeconds(15))).hasValue(TERMINATED);
        }
        assertThat(client.allHeardOf(clipId)).hasSize(1);
        assertThat(Leftovers.files(scratch)).isEmpty();
    }

    @Test
    void workThatEndsInTimeIsFinishedBeforeTheProcessEnds() throws Exception {
        settings.put("DRAIN", "30");
        settings.put("FFMPEG", SlowFfmpeg.waiting(2, folder).toString());
        try (ServiceProcess service = ServiceProcess.service(resources, settings)) {
            await().atMost(START).until(() -> !service.children().isEmpty());

            service.stop();
            client.send(ClipClient.request("too-late", Instant.EPOCH, Instant.EPOCH.plusSeconds(1))
                    .toString());

            assertThat(service.awaitExit(Duration.ofSeconds(25))).hasValue(TERMINATED);
        }
        assertThat(client.jobStatus(clipId)).isEqualTo("DONE");
        assertThat(client.waitingRequests()).as("only the new request").containsExactly(1, 0);
        assertThat(client.jobStatus("too-late")).isEqualTo("none");
        assertThat(Leftovers.files(scratch)).isEmpty();
    }
}
