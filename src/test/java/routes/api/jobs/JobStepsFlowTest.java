package routes.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalServices;
import routes.support.PastFootage;

/** The steps of a job as its clients see them. */
@FlowTest
class JobStepsFlowTest {
    private final ClipClient client = LocalServices.client();
    private final CameraApi cameras = LocalServices.cameras();
    private final PastFootage footage = PastFootage.shared();
    private final String clipId = ClipClient.newId();

    @LocalServerPort
    int port;

    @AfterEach
    void mend() {
        cameras.clearFaults();
    }

    @Test
    void theStepsOfAClipAreListedWithTheirTimes() {
        Instant start = footage.start().plusMillis(7_310);

        JsonNode job = done(start, start.plusSeconds(4));

        assertThat(job.path("steps").findValuesAsText("name"))
                .containsExactly(
                        "opened",
                        "recordings listed",
                        "recordings fetched",
                        "segments encoded",
                        "clip cut",
                        "thumbnails made",
                        "stored",
                        "decided",
                        "published");
        List<Instant> times = new ArrayList<>();
        for (JsonNode step : job.path("steps")) {
            times.add(Instant.parse(step.path("startedAt").asText()));
            times.add(Instant.parse(step.path("endedAt").asText()));
            assertThat(step.path("tries").asInt()).isEqualTo(1);
            assertThat(step.path("failed").asBoolean()).isFalse();
            assertThat(step.has("lastError")).isFalse();
        }
        assertThat(times).isSorted();
        assertThat(times.get(0)).isEqualTo(Instant.parse(job.path("createdAt").asText()));
    }

    @Test
    void aStepThatFailedOnceShowsItsTriesAndTheReasonWithoutNamesOfHosts() {
        cameras.failNext("/cameras/recording", 503, 1);

        JsonNode job = done(footage.start(), footage.start().plusSeconds(1));

        JsonNode listed = job.path("steps").path(1);
        assertThat(listed.path("name").asText()).isEqualTo("recordings listed");
        assertThat(listed.path("tries").asInt()).isEqualTo(2);
        assertThat(listed.path("failed").asBoolean()).isFalse();
        assertThat(listed.path("lastError").asText()).isEqualTo("the camera API refused the request with status 503");
        assertThat(job.toString()).doesNotContain(cameras.baseUrl().getAuthority());
    }

    @Test
    void aWaitingJobShowsSinceWhenItWaitsAndWhenItGivesUp() {
        Instant end = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        client.send(ClipClient.request(clipId, end.minusSeconds(700), end).toString());
        client.awaitStatus(clipId, "WAITING");

        JsonNode job = job();
        while (!job.path("status").asText().equals("WAITING")) {
            job = job();
        }

        JsonNode last = job.path("steps").path(job.path("steps").size() - 1);
        assertThat(last.path("name").asText()).isEqualTo("waiting");
        assertThat(last.has("endedAt")).isFalse();
        assertThat(Instant.parse(job.path("deadlineAt").asText())).isEqualTo(end.plusSeconds(900));
        api().delete("/jobs/" + clipId);
        JsonNode cancelled = job();
        assertThat(cancelled.path("status").asText()).isEqualTo("CANCELLED");
        assertThat(cancelled.has("deadlineAt")).isFalse();
        assertThat(cancelled.path("steps")).allMatch(step -> step.has("endedAt"));
    }

    @Test
    void aStepThatFailedForGoodShowsWhy() {
        Instant broken = footage.brokenRecording();
        client.send(ClipClient.request(clipId, broken, broken.plusSeconds(1)).toString());
        client.awaitStatus(clipId, "FAILED");

        JsonNode failed = job().path("steps").path(2);

        assertThat(failed.path("name").asText()).isEqualTo("recordings fetched");
        assertThat(failed.path("failed").asBoolean()).isTrue();
        assertThat(failed.path("lastError").asText()).isEqualTo("a recording has no picture");
    }

    private JsonNode done(Instant start, Instant end) {
        client.send(ClipClient.request(clipId, start, end).toString());
        client.awaitStatus(clipId, "DONE");
        return job();
    }

    private JsonNode job() {
        return api().get("/jobs/" + clipId).body();
    }

    private ApiClient api() {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token("viewer"));
    }
}
