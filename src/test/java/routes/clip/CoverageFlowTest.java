package routes.clip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
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
        ApiClient api = new ApiClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token("viewer"));
        return api.get("/cameras/" + camera + "/coverage?start=" + from + "&end=" + to);
    }

    private static Instant instant(JsonNode node) {
        return Instant.parse(node.asText());
    }
}
