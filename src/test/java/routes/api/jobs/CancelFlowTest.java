package routes.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.jobs.JobStore;
import routes.jobs.NewJob;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.PastFootage;
import routes.support.ServiceProcess;
import routes.support.SlowFfmpeg;
import software.amazon.awssdk.core.sync.RequestBody;

/** A job that is cancelled. */
@FlowTest
class CancelFlowTest {
    private final ClipClient client = LocalServices.client();
    private final String clipId = ClipClient.newId();

    @LocalServerPort
    int port;

    @Autowired
    JobStore store;

    @Test
    void aWaitingJobIsCancelledAtOnceAndNothingIsAnnounced() {
        Counter counted = Metrics.counter("camclips.jobs", "type", "clip", "outcome", "CANCELLED");
        double before = counted.count();
        Instant now = Instant.now();
        client.send(ClipClient.request(clipId, now.minusSeconds(2), now.plusSeconds(600))
                .toString());
        client.awaitStatus(clipId, "WAITING");

        Answer cancelled = api().delete("/jobs/" + clipId);

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.body().path("status").asText()).isEqualTo("CANCELLED");
        assertThat(cancelled.body().path("links").path("retry").asText()).isEqualTo("/jobs/" + clipId + "/retry");
        assertThat(cancelled.retryAfter()).isEmpty();
        assertThat(client.job(clipId))
                .doesNotContainKeys("dueAt", "open", "owner")
                .containsKey("ExpirationTime");
        // longer than the delay of the message that wakes the job, so that message has been consumed
        String later = ClipClient.newId();
        client.send(ClipClient.request(later, now.minusSeconds(2), now.plusSeconds(600))
                .toString());
        await().until(() -> client.job(later).containsKey("attempt")
                && Integer.parseInt(client.job(later).get("attempt").n()) > 2);
        assertThat(client.jobStatus(clipId)).isEqualTo("CANCELLED");
        api().delete("/jobs/" + later);
        assertThat(client.allHeardOf(clipId)).isEmpty();
        assertThat(api().delete("/jobs/" + clipId).status()).as("again").isEqualTo(200);
        assertThat(counted.count() - before).as("two jobs, counted once each").isEqualTo(2);
    }

    @Test
    void objectsOfADeadProcessAreRemoved() {
        String key = CameraApi.CAMERA_ID + "/" + clipId + ".mp4";
        Instant start = PastFootage.shared().start();
        var request = ClipClient.request(clipId, start, start.plusSeconds(1));
        request.remove("retryTimestamps");
        store.open(new NewJob(clipId, "clip", CameraApi.CAMERA_ID, null, request.toString(), "{}", 0, Instant.now()));
        LocalCloud.shared()
                .s3()
                .putObject(
                        r -> r.bucket(LocalCloud.shared().resources().clipsBucket())
                                .key(key),
                        RequestBody.fromString("stored"));

        assertThat(api().delete("/jobs/" + clipId).status()).isEqualTo(200);

        assertThat(client.objects(clipId)).isEmpty();
    }

    @Test
    void aCancelledJobCanBeTriedAgainAndSucceeds() {
        Instant now = Instant.now();
        client.send(ClipClient.request(clipId, now.minusSeconds(2), now.plusSeconds(600))
                .toString());
        client.awaitStatus(clipId, "WAITING");
        api().delete("/jobs/" + clipId);

        Answer again = api().post("/jobs/" + clipId + "/retry", "");

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Location")).isEqualTo("/jobs/" + clipId);
        assertThat(again.body().path("run").asInt()).isEqualTo(2);
        client.awaitStatus(clipId, "WAITING");
        api().delete("/jobs/" + clipId);
    }

    /** Needs a separate process with a slow ffmpeg whose end can be observed. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the slow ffmpeg is a shell script")
    void aRunningJobHasItsFfmpegDeadWithinTwoSecondsAndItsUploadsGone(@TempDir Path folder) throws Exception {
        LocalResources resources = LocalCloud.shared()
                .newResources("-cancel-" + UUID.randomUUID().toString().substring(0, 8));
        ClipClient other = new ClipClient(LocalCloud.shared(), resources);
        // not on a keyframe, so ffmpeg is needed
        Instant start = PastFootage.shared().start().plusMillis(1_333);
        other.send(ClipClient.request(clipId, start, start.plusMillis(400)).toString());
        Map<String, String> settings = Map.of(
                "CLIP_DOWNLOAD_DEST",
                folder.resolve("scratch").toString(),
                "FFMPEG",
                SlowFfmpeg.waiting(60, folder).toString());
        try (ServiceProcess service = ServiceProcess.service(resources, settings)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !service.children().isEmpty());

            Answer cancelled = new ApiClient(service.api(), null).delete("/jobs/" + clipId);

            assertThat(cancelled.status()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(2)).until(() -> service.children().isEmpty());
            await().until(() -> other.waitingRequests().equals(List.of(0, 0)));
            assertThat(other.jobStatus(clipId)).isEqualTo("CANCELLED");
            assertThat(other.objects(clipId)).isEmpty();
            assertThat(other.allHeardOf(clipId)).isEmpty();
        }
    }

    private ApiClient api() {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token("canceller"));
    }
}
