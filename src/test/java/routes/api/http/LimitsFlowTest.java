package routes.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalCloud;
import routes.support.LocalServices;
import routes.support.ServiceProcess;

/** Rate limits and quotas per client, and the access log. */
@FlowTest
@ExtendWith(OutputCaptureExtension.class)
class LimitsFlowTest {
    private static final int MOST_OPEN = 5;

    private final String caller = "client-" + UUID.randomUUID();
    private final Instant now = Instant.now();

    @LocalServerPort
    int port;

    @Test
    void aClientWithTooManyOpenJobsHasToWaitUntilOneEnds() {
        List<ObjectNode> submissions = new ArrayList<>();
        for (int i = 0; i < MOST_OPEN; i++) {
            submissions.add(ClipClient.request(ClipClient.newId(), now.minusSeconds(2), now.plusSeconds(600 + i)));
            assertThat(api().post("/clips", submissions.get(i).toString()).status())
                    .isEqualTo(202);
        }
        String another = ClipClient.request(ClipClient.newId(), now.minusSeconds(2), now.plusSeconds(700))
                .toString();

        Answer refused = api().post("/clips", another);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.retryAfter()).hasValue(30);
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        assertThat(api().post("/submit-job", another).status()).isEqualTo(429);
        assertThat(api().post("/clips", submissions.get(0).toString()).status())
                .as("one that is open already")
                .isEqualTo(202);
        submissions.forEach(
                submission -> api().delete("/jobs/" + submission.path("clipId").asText()));
        Answer accepted = api().post("/clips", another);
        assertThat(accepted.status()).isEqualTo(202);
        api().delete(accepted.header("Location"));
    }

    @Test
    void aRequestIsLoggedWithItsClientAndWithoutItsSecrets(CapturedOutput output) {
        api().get("/jobs/none?token=secret");

        await().untilAsserted(() -> assertThat(output.getOut()).contains(caller + " GET /jobs/none "));
        assertThat(output.getOut()).containsPattern(caller + " GET /jobs/none \\d{3} \\d+ ms");
        assertThat(output.getOut()).doesNotContain("secret", "Bearer", "eyJ");
    }

    /** Needs a separate process, because the shared application does not limit the rate. */
    @Test
    void aClientThatAsksTooOftenHasToWait() throws IOException {
        Map<String, String> settings = Map.of("API_RATE", "1", "API_BURST", "3", "DRAIN", "1");
        try (ServiceProcess service = ServiceProcess.service(LocalCloud.shared().newResources("-rate"), settings)) {
            ApiClient api = new ApiClient(service.api(), null);
            service.awaitApi();

            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                answers.add(api.get("/jobs"));
            }

            assertThat(answers).anySatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.retryAfter()).hasValue(1);
                assertThat(answer.contentType()).isEqualTo("application/problem+json");
            });
            await().atMost(Duration.ofSeconds(5)).until(() -> api.get("/jobs").status() == 200);
        }
    }

    private ApiClient api() {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token(caller));
    }
}
