package routes.api.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.support.ApiClient;
import routes.support.ClipClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.OwnService;
import routes.support.PastFootage;

/** Figures for operators, from the queue and the table that all processes share. */
class StatusTest {
    private static final Duration LATER = Duration.ofSeconds(30);

    private final LocalResources resources = OwnService.resources();
    private final ClipClient client = new ClipClient(LocalCloud.shared(), resources);
    private final Instant start = PastFootage.shared().start().plusSeconds(1);

    @Test
    void requestsWaitAreWorkedOnAndEnd() {
        try (OwnService api = OwnService.start(resources, Map.of("ROLE", "api", "API_AUTH", "off"))) {
            assertThat(status(api).at("/queues/0/type").asText()).isEqualTo("clip");
            assertThat(status(api).path("openJobs").asInt()).isZero();
            assertThat(status(api).path("lastHour")).isEmpty();
            assertThat(status(api).at("/queues/0").has("oldestMessageSeconds")).isFalse();
            String clipId = request(api);
            String cancelled = request(api);
            new ApiClient(base(api), null).delete("/jobs/" + cancelled);
            await().atMost(LATER).untilAsserted(() -> {
                JsonNode status = status(api);
                assertThat(status.path("openJobs").asInt()).isEqualTo(1);
                assertThat(status.at("/queues/0/waiting").asInt()).isEqualTo(2);
                assertThat(status.at("/queues/0/inFlight").asInt()).isZero();
                assertThat(status.at("/queues/0/oldestMessageSeconds").asInt()).isPositive();
                assertThat(status.path("workers").toString()).isEqualTo("{\"busy\":0}");
                assertThat(status.path("lastHour").toString()).isEqualTo("{\"CANCELLED\":1}");
            });

            try (OwnService both = OwnService.start(resources, Map.of("API_AUTH", "off", "CLIP_WORKERS", "3"))) {
                client.awaitStatus(clipId, "DONE");
                for (OwnService service : new OwnService[] {api, both}) {
                    await().atMost(LATER).untilAsserted(() -> {
                        JsonNode status = status(service);
                        assertThat(status.path("openJobs").asInt()).isZero();
                        assertThat(status.path("lastHour").toString())
                                .isEqualTo("{\"CANCELLED\":1,\"CLIP_AVAILABLE\":1}");
                    });
                }
                assertThat(status(both).path("workers").toString()).isEqualTo("{\"busy\":0,\"of\":4}");
            }
        }
    }

    private String request(OwnService api) {
        String clipId = ClipClient.newId();
        new ApiClient(base(api), null)
                .post(
                        "/clips",
                        ClipClient.request(clipId, start, start.plusMillis(400)).toString());
        return clipId;
    }

    private static JsonNode status(OwnService service) {
        return new ApiClient(base(service), null).get("/status").body();
    }

    private static URI base(OwnService service) {
        return URI.create("http://127.0.0.1:" + service.port("server"));
    }
}
