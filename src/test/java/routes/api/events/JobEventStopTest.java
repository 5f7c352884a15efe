package routes.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.support.ApiClient;
import routes.support.ClipClient;
import routes.support.EventClient;
import routes.support.LocalResources;
import routes.support.OwnService;

/** Listeners of a process that stops go on at another one. */
class JobEventStopTest {
    private static final Map<String, String> SETTINGS = Map.of("ROLE", "api", "API_AUTH", "off", "DRAIN", "60");
    private static final Duration SOON = Duration.ofSeconds(10);

    private final LocalResources resources = OwnService.resources();
    private final String clipId = ClipClient.newId();

    @Test
    void aStopEndsStreamsAtOnceAndAnotherProcessContinuesThem() {
        try (OwnService other = OwnService.start(resources, SETTINGS)) {
            OwnService first = OwnService.start(resources, SETTINGS);
            EventClient listener = EventClient.open(base(first), null, "");
            await().atMost(SOON).until(() -> !listener.lastId().isEmpty());

            Instant stop = Instant.now();
            first.close();

            assertThat(Duration.between(stop, Instant.now())).isLessThan(Duration.ofSeconds(20));
            await().atMost(SOON).until(listener::hasEnded);

            Instant later = Instant.now().plusSeconds(600);
            new ApiClient(base(other), null)
                    .post(
                            "/clips",
                            ClipClient.request(clipId, later, later.plusSeconds(1))
                                    .toString());
            try (EventClient again = EventClient.open(base(other), null, listener.lastId())) {
                await().atMost(SOON).until(() -> !again.of(clipId).isEmpty());
                assertThat(again.of(clipId).get(0).path("status").asText()).isEqualTo("QUEUED");
            }
        }
    }

    private static URI base(OwnService service) {
        return URI.create("http://127.0.0.1:" + service.port("server"));
    }
}
