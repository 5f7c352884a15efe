package routes.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.DecodedClip;
import routes.support.FlowTest;
import routes.support.FrameReader;
import routes.support.LocalCloud;
import routes.support.LocalServices;
import routes.support.PastFootage;

/** A clip over REST, from the submission to the file. */
@FlowTest
class JobsApiFlowTest {
    private final ClipClient queue = LocalServices.client();
    private final String clipId = ClipClient.newId();
    private final PastFootage footage = PastFootage.shared();

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    private ApiClient api;

    @BeforeEach
    void connect() {
        api = new ApiClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token("tester"));
    }

    @Test
    void aSubmissionBecomesAJobWhoseResultCanBeDownloaded() throws IOException {
        Instant start = footage.start().plusMillis(7_300);
        Instant end = footage.start().plusMillis(12_100);
        ObjectNode submission = ClipClient.request(clipId, start, end);
        submission.remove("retryTimestamps");

        Answer accepted = api.post("/clips", submission.toString());

        assertThat(accepted.status()).as(accepted.response().body()).isEqualTo(202);
        assertThat(accepted.header("Location")).isEqualTo("/jobs/" + clipId);
        assertThat(accepted.retryAfter()).hasValue(5);
        assertThat(accepted.body().path("status").asText()).isEqualTo("QUEUED");
        JsonNode job = awaitEnd(clipId);
        assertThat(job.path("status").asText()).isEqualTo("DONE");
        assertThat(job.path("type").asText()).isEqualTo("clip");
        assertThat(job.path("outcome").asText()).isEqualTo("CLIP_AVAILABLE");
        assertThat(job.path("progress").asInt()).isEqualTo(100);
        assertThat(job.path("request")).isEqualTo(submission);
        assertThat(job.path("links")).hasSize(1);
        assertThat(job.has("error")).isFalse();
        assertThat(job.has("step")).isFalse();
        assertThat(job.path("result").path("durationInMs").asLong()).isEqualTo(4_800);
        assertThat(job.path("result").path("gaps")).isEmpty();
        assertThat(instant(job, "createdAt")).isBeforeOrEqualTo(instant(job, "startedAt"));
        assertThat(instant(job, "startedAt")).isBeforeOrEqualTo(instant(job, "endedAt"));

        JsonNode link = job.path("result").path("clip");
        assertThat(link.path("key").asText()).isEqualTo(CameraApi.CAMERA_ID + "/" + clipId + ".mp4");
        assertThat(Duration.between(Instant.now(), instant(link, "expiresAt")))
                .isBetween(Duration.ofMinutes(55), Duration.ofHours(1));
        DecodedClip clip = FrameReader.read(download(link, "c.mp4"), footage.spec());
        assertThat(clip.first()).isEqualTo(footage.frameAt(start));
        assertThat(clip.last()).isEqualTo(footage.frameAt(end) - 1);
        assertThat(job.path("result").path("thumbnails").findValuesAsText("size"))
                .containsExactly("300", "640", "1500", "3000");
        JsonNode thumbnail = job.path("result").path("thumbnails").path(0);
        assertThat(Files.readAllBytes(download(thumbnail, "t.png"))).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void aBrowserSavesTheClipUnderItsCameraAndInterval() throws Exception {
        Instant start = footage.start().plusMillis(1_005);
        String id = ask(start, start.plusMillis(400));
        JsonNode link = awaitEnd(id).path("result").path("clip");

        HttpResponse<byte[]> saved = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(link.path("downloadUrl").asText()))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());

        String from = start.toString().replaceAll("[-:]", "");
        String to = start.plusMillis(400).toString().replaceAll("[-:]", "");
        assertThat(saved.statusCode()).isEqualTo(200);
        assertThat(saved.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"" + CameraApi.CAMERA_ID + "_" + from + "_" + to + ".mp4\"");
        assertThat(from).as("to the millisecond").matches("\\d{8}T\\d{6}\\.\\d{3}Z");
        assertThat(saved.body()).isEqualTo(Files.readAllBytes(download(link, "shown.mp4")));
    }

    @Test
    void aJobOfTheQueueIsAJobLikeAnyOther() {
        Instant start = footage.start().plusMillis(1_000);
        queue.send(ClipClient.request(clipId, start, start.plusSeconds(1)).toString());
        queue.awaitStatus(clipId, "DONE");

        JsonNode job = api.get("/jobs/" + clipId).body();

        assertThat(job.path("outcome").asText()).isEqualTo("CLIP_AVAILABLE");
        assertThat(job.path("result").path("clip").path("url").asText()).startsWith("http");
    }

    @Test
    void aWaitingJobShowsItsNextCheckForFootage() {
        Instant now = Instant.now();
        String id = ask(now.minusSeconds(2), now.plusSeconds(600));
        queue.awaitStatus(id, "WAITING");

        Answer waiting = api.get("/jobs/" + id);

        assertThat(waiting.retryAfter().orElseThrow()).isBetween(1L, 2L);
        if (waiting.body().path("status").asText().equals("WAITING")) {
            assertThat(instant(waiting.body(), "nextCheckAt")).isBetween(now, now.plusSeconds(60));
        }
        assertThat(waiting.body().path("links").path("cancel").asText()).isEqualTo("/jobs/" + id);
        api.delete("/jobs/" + id);
    }

    @Test
    void aJobThatFailedSaysWhyWithoutNamesOfOurStorage() {
        Instant past = Instant.now().minus(Duration.ofDays(2));
        String id = ask(past, past.plusSeconds(1));

        JsonNode job = awaitEnd(id);

        assertThat(job.path("status").asText()).isEqualTo("FAILED");
        assertThat(job.path("outcome").asText()).isEqualTo("CLIP_NOT_AVAILABLE");
        assertThat(job.path("error").path("code").asText()).isEqualTo("CLIP_NOT_AVAILABLE");
        assertThat(job.path("error").path("message").asText()).isEqualTo("there is no footage of the interval");
        assertThat(job.has("result")).isFalse();
        assertThat(job.toString())
                .doesNotContain(
                        LocalCloud.shared().resources().clipsBucket(),
                        LocalCloud.shared().resources().originBucket());
    }

    @Test
    void aFailedJobCanBeTriedAgainAndIsAnnouncedAgain() {
        Instant past = Instant.now().minus(Duration.ofDays(2));
        String id = ask(past, past.plusSeconds(1));
        assertThat(awaitEnd(id).path("links").path("retry").asText()).isEqualTo("/jobs/" + id + "/retry");
        assertThat(queue.allHeardOf(id)).hasSizeLessThanOrEqualTo(1);

        Answer retried = api.post("/jobs/" + id + "/retry", "");

        assertThat(retried.status()).isEqualTo(202);
        assertThat(retried.body().path("run").asInt()).isEqualTo(2);
        assertThat(retried.body().path("progress").asInt()).isZero();
        awaitEnd(id);
        await().untilAsserted(() -> assertThat(queue.allHeardOf(id))
                .extracting(document -> document.path("eventId").asText())
                .doesNotHaveDuplicates()
                .hasSize(2));
    }

    @Test
    void aJobThatIsDoneCanBeNeitherCancelledNorTriedAgain() {
        Instant start = footage.start().plusMillis(1_000);
        String id = ask(start, start.plusSeconds(1));
        awaitEnd(id);

        assertThat(api.delete("/jobs/" + id).status()).isEqualTo(409);
        assertThat(api.post("/jobs/" + id + "/retry", "").status()).isEqualTo(409);
        assertThat(queue.jobStatus(id)).isEqualTo("DONE");
    }

    @Test
    void aJobThatIsNotThereIsNotFound() {
        for (Answer answer :
                List.of(api.get("/jobs/none"), api.delete("/jobs/none"), api.post("/jobs/none/retry", ""))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
        }
    }

    private String ask(Instant start, Instant end) {
        ObjectNode submission = ClipClient.request(ClipClient.newId(), start, end);
        Answer answer = api.post("/clips", submission.toString());
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        return answer.body().path("jobId").asText();
    }

    /** @return the job once it has ended; polled at most as often as Retry-After allows */
    private JsonNode awaitEnd(String id) {
        await().atMost(ClipClient.PATIENCE)
                .until(() -> api.get("/jobs/" + id).body().has("endedAt"));
        return api.get("/jobs/" + id).body();
    }

    private Path download(JsonNode link, String name) throws IOException {
        try (var in = URI.create(link.path("url").asText()).toURL().openStream()) {
            Path file = folder.resolve(name);
            Files.copy(in, file);
            return file;
        }
    }

    private static Instant instant(JsonNode node, String field) {
        return Instant.parse(node.path(field).asText());
    }
}
