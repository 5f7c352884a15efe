package routes.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.LocalServices;
import routes.support.OwnService;

/** A service whose issuer of tokens does not answer: tokens are neither valid nor invalid. */
@ExtendWith(OutputCaptureExtension.class)
class AwayIssuerFlowTest {
    @Test
    void aTokenThatCannotBeCheckedIsAskedForAgainLater(CapturedOutput output) {
        Map<String, String> settings = Map.of(
                "ROLE", "api", "API_AUTH", "on", "JWT_ISSUER", "http://127.0.0.1:1", "API_RATE", "1", "API_BURST", "3");
        try (OwnService service = OwnService.start(OwnService.resources(), settings)) {
            URI api = URI.create("http://127.0.0.1:" + service.port("server"));

            Answer answer = new ApiClient(api, LocalServices.tokens().token("somebody")).get("/jobs");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThat(answer.retryAfter()).hasValue(5);
            assertThat(answer.header("WWW-Authenticate")).isEmpty();
            assertThat(Stream.generate(() -> new ApiClient(api, "a.b.c").get("/jobs"))
                            .limit(10)
                            .map(Answer::status))
                    .as("tokens that are refused one after the other")
                    .startsWith(401)
                    .contains(429);
            assertThat(new ApiClient(api, null).get("/jobs").status()).isEqualTo(401);
            assertThat(output.getOut()).contains("the issuer of tokens does not answer yet");
        }
    }
}
