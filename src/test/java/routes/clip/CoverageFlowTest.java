package routes.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.CameraApi;
import routes.support.FlowTest;
import routes.support.LocalServices;
import routes.support.PastFootage;

/** The recorded intervals of a camera, before a clip is requested. */
@FlowTest
class CoverageFlowTest {
    private final CameraApi cameras = LocalServices.cameras();
    private final Instant start = PastFootage.shared().start();

    @LocalServerPort
    int port;

    @AfterEach
    void mend() {
        cameras.clearFaults();
    }

    @Test
    void theRecordingsOfAnIntervalAreListedWithItsGaps() {
        Instant from = start.minusSeconds(5);
        Instant to = start.plusSeconds(40);

        Answer answer = coverage(CameraApi.CAMERA_ID, from, to);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        JsonNode body = answer.body();
        assertThat(body.path("cameraId").asText()).isEqualTo(CameraApi.CAMERA_ID);
        assertThat(body.path("recordings")).hasSize(3);
        assertThat(instant(body.at("/recordings/0/start"))).isEqualTo(start);
        assertThat(body.path("gaps")).hasSize(2);
        assertThat(instant(body.at("/gaps/0/start"))).isEqualTo(from);
        assertThat(instant(body.at("/gaps/0/end"))).isEqualTo(start);
        assertThat(instant(body.at("/gaps/1/end"))).isEqualTo(to);
        assertThat(body.path("gaps").findValuesAsText("reason")).containsExactly("NOT_RECORDED", "NOT_RECORDED");
        assertThat(body.path("resolution").asInt()).isZero();
    }

    @Test
    void gapsAreSplitByTheirAge() {
        Instant now = LocalServices.clock().instant();
        String camera = "ages-" + UUID.randomUUID();
        cameras.addCamera(camera, camera);
        cameras.addRecording(camera, now.minusSeconds(7200), now.minusSeconds(3600), camera + ".mp4");

        JsonNode gaps = coverage(camera, now.minus(Duration.ofDays(3)).minusSeconds(60), now.minusSeconds(60))
                .body()
                .path("gaps");
        JsonNode open = coverage(camera, now.minusSeconds(60), now.plusSeconds(60))
                .body()
                .path("gaps");

        assertThat(gaps.findValuesAsText("reason"))
                .containsExactly("EXPIRED", "NOT_RECORDED", "NOT_RECORDED", "NOT_YET_RECORDED");
        assertThat(instant(gaps.path(3).path("start")))
                .isCloseTo(now.minusSeconds(900), within(30, ChronoUnit.SECONDS));
        assertThat(open.findValuesAsText("reason")).containsExactly("NOT_YET_RECORDED");
    }

    @Test
    void recordingsThatLieCloserTogetherThanTheResolutionAreOne() {
        String camera = "coarse-" + UUID.randomUUID();
        cameras.addCamera(camera, camera);
        Instant day = start.minus(Duration.ofHours(20));
        for (int i = 0; i < 3_000; i++) {
            Instant at = day.plusSeconds(10L * i);
            cameras.addRecording(camera, at, at.plusSeconds(i % 2 == 0 ? 8 : 9), camera + "." + i + ".mp4");
        }
        Instant end = day.plusSeconds(30_000);

        JsonNode fine = coverage(camera, day, end, 0);
        JsonNode coarse = coverage(camera, day, end, 2);
        JsonNode coarsest = coverage(camera, day, end, 60);
        JsonNode some = coverage(camera, day, day.plusSeconds(1000), 0);

        assertThat(some.path("recordings")).hasSize(100);
        assertThat(some.path("resolution").asInt()).isZero();
        assertThat(fine.path("resolution").asInt()).as("raised").isEqualTo(4);
        assertThat(fine.path("recordings").size() + fine.path("gaps").size()).isLessThanOrEqualTo(2_000);
        assertThat(coarse.path("resolution").asInt())
                .as("gaps of two seconds are left")
                .isEqualTo(4);
        assertThat(coarsest.path("resolution").asInt()).isEqualTo(60);
        assertThat(coarsest.path("recordings")).hasSize(1);
        assertThat(instant(coarsest.at("/recordings/0/start"))).isEqualTo(day);
        assertThat(instant(coarsest.at("/recordings/0/end"))).isEqualTo(end.minusSeconds(1));
        assertThat(coarsest.path("gaps")).isEmpty();
    }

    @Test
    void anIntervalThatIsReversedOrLongerThanFootageIsKeptIsRefused() {
        Answer reversed = coverage(CameraApi.CAMERA_ID, start, start);
        Answer long_ = coverage(CameraApi.CAMERA_ID, start.minus(Duration.ofDays(4)), start);

        assertThat(reversed.status()).isEqualTo(422);
        assertThat(reversed.wrongFields()).containsExactly("end");
        assertThat(long_.status()).isEqualTo(422);
        assertThat(long_.wrongFields()).containsExactly("end");
    }

    @Test
    void anUnknownCameraIsNotFound() {
        Answer answer = coverage("nobody", start, start.plusSeconds(1));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
    }

    @Test
    void aFailureOfTheCameraApiIsReportedAsABadGateway() {
        cameras.failNext("/cameras/recording", 500, 1);
        Answer down = coverage(CameraApi.CAMERA_ID, start, start.plusSeconds(1));
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.retryAfter()).hasValue(30);

        cameras.failNext("/cameras/recording", 403, 1);
        Answer refused = coverage(CameraApi.CAMERA_ID, start, start.plusSeconds(1));
        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.body().path("detail").asText())
                .isEqualTo("the camera API refused the request with status 403");
    }

    private Answer coverage(String camera, Instant from, Instant to) {
        return coverage(camera, from, to.toString());
    }

    private Answer coverage(String camera, Instant from, String to) {
        ApiClient api = new ApiClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token("viewer"));
        return api.get("/cameras/" + camera + "/coverage?start=" + from + "&end=" + to);
    }

    private JsonNode coverage(String camera, Instant from, Instant to, int resolution) {
        Answer answer = coverage(camera, from, to + "&resolution=" + resolution);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.body();
    }

    private static Instant instant(JsonNode node) {
        return Instant.parse(node.asText());
    }
}
