package routes.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.Leftovers;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.Outcomes;
import routes.support.PastFootage;
import routes.support.ServiceProcess;

/** Two processes share one queue and one table; one is killed while the camera API and S3 fail continuously. */
@Tag("full")
class KillTest {
    private static final int REQUESTS = 200;
    private static final int BEFORE_THE_KILL = 40;
    private static final double FAULTY = 0.1;
    private static final long SEED = 20_260_504;
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final LocalCloud cloud = LocalCloud.shared();
    private final CameraApi cameras = LocalServices.cameras();
    private final LocalResources resources =
            cloud.newResources("-kill-" + UUID.randomUUID().toString().substring(0, 8));
    private final ClipClient client = new ClipClient(cloud, resources);
    private final Outcomes outcomes = new Outcomes(client, cameras);

    @TempDir
    Path folder;

    @AfterEach
    void repair() {
        cameras.clearFaults();
        cloud.failS3(0, new Random(0));
    }

    @Test
    void everyRequestHasOneOutcomeDespiteCrashesAndFailures() throws Exception {
        request();
        cameras.failShare(FAULTY, new Random(SEED));
        cloud.failS3(FAULTY, new Random(SEED));
        try (ServiceProcess first = service();
                ServiceProcess second = service()) {
            await().atMost(PATIENCE).until(() -> outcomes.ended() >= BEFORE_THE_KILL);
            await().pollInterval(Duration.ofMillis(10))
                    .until(() -> !first.children().isEmpty());
            first.killHard();
            assertThat(outcomes.ended()).as("ended before the kill").isLessThan(REQUESTS);
            try (ServiceProcess again = service()) {
                await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> outcomes.ended() == REQUESTS);
                // messages that the killed process had received are redelivered, and there is nothing to do
                await().atMost(PATIENCE).until(() -> client.waitingRequests().equals(List.of(0, 0)));
                repair();
                for (ServiceProcess process : List.of(second, again)) {
                    process.stop();
                    assertThat(process.awaitExit(Duration.ofSeconds(20))).isPresent();
                }
            }
        }
        outcomes.areReached();
        assertThat(Leftovers.files(folder.resolve("scratch"))).isEmpty();
    }

    /** Sends requests for clips; every tenth one has no footage any more. */
    private void request() {
        Instant footage = PastFootage.shared().start();
        for (int i = 0; i < REQUESTS; i++) {
            String clipId = ClipClient.newId();
            boolean old = i % 10 == 9;
            Instant start = old ? footage.minus(Duration.ofDays(9)) : footage.plusMillis(100L * i);
            client.send(ClipClient.request(clipId, start, start.plusMillis(400)).toString());
            outcomes.expect(clipId, old ? "CLIP_OUT_OF_RANGE" : "CLIP_AVAILABLE");
        }
    }

    private ServiceProcess service() throws IOException {
        return ServiceProcess.service(
                resources,
                Map.of(
                        "CLIP_DOWNLOAD_DEST", folder.resolve("scratch").toString(),
                        "SQS_RETRY_PAUSE", "1",
                        "JOBS_SWEEP", "5",
                        "THUMBNAIL_SIZES", "300"));
    }
}
