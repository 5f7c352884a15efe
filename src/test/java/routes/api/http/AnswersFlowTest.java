package routes.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalServices;
import routes.support.PastFootage;

/** Answers have the form that the contract gives them. */
@FlowTest
class AnswersFlowTest {
    private final OpenApiInteractionValidator contract =
            OpenApiInteractionValidator.createFor("openapi.yaml").build();
    private final ClipClient client = LocalServices.client();
    private final String clipId = ClipClient.newId();

    @LocalServerPort
    int port;

    @Test
    void aJobItsListItsFramesAndItsCameraAreAsInTheContract() {
        Instant start = PastFootage.shared().start();
        client.send(ClipClient.request(clipId, start.minusSeconds(3), start.plusSeconds(1))
                .put("title", "as in the contract")
                .toString());
        client.awaitStatus(clipId, "DONE");

        JsonNode job = assertAnswer("/jobs/" + clipId, "");
        assertThat(job.at("/result/gaps/0/reason").asText()).isEqualTo("NOT_RECORDED");
        assertThat(job.at("/result/clip/downloadUrl").asText()).startsWith("http");
        assertAnswer("/jobs", "?cameraId=" + CameraApi.CAMERA_ID);
        assertAnswer("/jobs/" + clipId + "/frames", "");
        assertAnswer("/cameras", "");
        assertAnswer(
                "/cameras/" + CameraApi.CAMERA_ID + "/coverage",
                "?start=" + start.minusSeconds(60) + "&end=" + start.plusSeconds(60));
    }

    private JsonNode assertAnswer(String path, String query) {
        Answer answer = api().get(path + query);
        ValidationReport report = contract.validateResponse(
                path,
                Method.GET,
                SimpleResponse.Builder.status(answer.status())
                        .withContentType(answer.contentType())
                        .withBody(answer.response().body())
                        .build());
        assertThat(report.getMessages())
                .as("%s: %s", path, answer.response().body())
                .isEmpty();
        return answer.body();
    }

    private ApiClient api() {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token("reader"));
    }
}
