package routes.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.ClipClient;
import routes.support.EventClient;
import routes.support.EventClient.Event;
import routes.support.FlowTest;
import routes.support.LocalServices;
import routes.support.PastFootage;

/** Listeners follow jobs from the request to the outcome, also across a break. */
@FlowTest
@ExtendWith(OutputCaptureExtension.class)
class JobEventFlowTest {
    private static final List<String> STATUSES = List.of("QUEUED", "RUNNING", "ANNOUNCING", "DONE");
    private static final Duration SOON = Duration.ofSeconds(10);

    private final String clipId = ClipClient.newId();

    @LocalServerPort
    int port;

    private URI base;
    private ApiClient api;

    @BeforeEach
    void connect() {
        base = URI.create("http://127.0.0.1:" + port);
        api = new ApiClient(base, LocalServices.tokens().token("listener"));
    }

    @Test
    void aJobIsFollowedFromItsRequestToItsOutcome() {
        try (EventClient listener = listen("")) {
            assertThat(listener.status()).isEqualTo(200);

            requestClip();
            awaitStatus(listener, "DONE");

            List<JsonNode> states = listener.of(clipId);
            assertThat(states)
                    .extracting(state -> STATUSES.indexOf(state.path("status").asText()))
                    .isSorted();
            assertThat(states)
                    .extracting(state -> state.path("progress").asInt())
                    .isSorted();
            assertThat(listener.events())
                    .filteredOn(event -> event.type().equals("job"))
                    .extracting(Event::id)
                    .doesNotHaveDuplicates();
            JsonNode shown = api.get("/jobs/" + clipId).body();
            JsonNode last = states.get(states.size() - 1);
            assertThat(last.path("subject")).isEqualTo(shown.at("/request/cameraId"));
            last.fieldNames().forEachRemaining(name -> {
                if (!name.equals("subject")) {
                    assertThat(last.path(name)).as(name).isEqualTo(shown.path(name));
                }
            });
            assertThat(last.has("outcome") && last.has("endedAt")).isTrue();
        }
    }

    @Test
    void aCancelIsAnEvent() {
        Instant later = LocalServices.clock().instant();
        try (EventClient listener = listen("")) {
            api.post(
                    "/clips",
                    ClipClient.request(clipId, later.plusSeconds(60), later.plusSeconds(70))
                            .toString());
            awaitStatus(listener, "WAITING");
            assertThat(listener.of(clipId)).last().satisfies(state -> assertThat(state.has("nextCheckAt"))
                    .isTrue());

            api.delete("/jobs/" + clipId);

            awaitStatus(listener, "CANCELLED");
        }
    }

    @Test
    void afterABreakTheLastEventIdBringsWhatWasMissed() {
        String lastId;
        try (EventClient listener = listen("")) {
            await().atMost(SOON).until(() -> !listener.lastId().isEmpty());
            lastId = listener.lastId();
        }
        requestClip();
        LocalServices.client().awaitStatus(clipId, "DONE");

        try (EventClient listener = listen(lastId)) {
            awaitStatus(listener, "DONE");
            assertThat(listener.events()).extracting(Event::type).doesNotContain("reset");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "1-1", "99999999999999999999-1"})
    void anUnknownOrOldEventIdLetsTheListenerReadTheListAgain(String lastId) {
        try (EventClient listener = listen(lastId)) {
            await().atMost(SOON).until(() -> !listener.events().isEmpty());
            assertThat(listener.events().get(0).type()).isEqualTo("reset");

            requestClip();

            awaitStatus(listener, "DONE");
        }
    }

    @Test
    void theStreamEndsWhenTheTokenExpires() {
        Instant expiry = Instant.now().plusSeconds(5);
        String token = LocalServices.tokens()
                .sign(LocalServices.tokens()
                        .claims("expires", "clips:read")
                        .expirationTime(Date.from(expiry))
                        .build());
        try (EventClient listener = EventClient.open(base, token, "")) {
            assertThat(listener.status()).isEqualTo(200);

            await().atMost(Duration.ofSeconds(10)).until(listener::hasEnded);

            assertThat(Instant.now()).isAfter(expiry.minusSeconds(1));
        }
    }

    @Test
    void theStreamEndsAfterAQuarterOfAnHourAndNothingIsReadWithoutAListener(CapturedOutput output) {
        String caller = "quarter-" + clipId;
        try (EventClient listener =
                EventClient.open(base, LocalServices.tokens().token(caller), "")) {
            await().atMost(SOON).until(() -> !listener.lastId().isEmpty());
            assertThat(output.getOut()).doesNotContain(caller);

            LocalServices.clock().advance(Duration.ofMinutes(15));

            await().atMost(SOON).until(listener::hasEnded);
        } finally {
            LocalServices.clock().reset();
        }
        await().untilAsserted(() -> assertThat(output.getOut()).containsOnlyOnce(caller + " GET /jobs/events 200 "));
        await().atMost(Duration.ofSeconds(20)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("job-events-")));
    }

    @Test
    void aQuietStreamHasAComment() {
        try (EventClient listener = listen("")) {
            await().atMost(Duration.ofSeconds(40)).until(() -> listener.comments() > 0);
            assertThat(listener.hasEnded()).isFalse();
        }
    }

    @Test
    void theStreamIsReadOnlyAndForReaders() {
        assertThat(EventClient.open(base, null, "").status()).isEqualTo(401);
        String writer = LocalServices.tokens()
                .sign(LocalServices.tokens().claims("w", "clips:write").build());
        assertThat(EventClient.open(base, writer, "").status()).isEqualTo(403);
        assertThat(api.post("/jobs/events", "{}").status()).isEqualTo(405);
    }

    private EventClient listen(String lastEventId) {
        return EventClient.open(base, LocalServices.tokens().token("listener"), lastEventId);
    }

    private void requestClip() {
        Instant start = PastFootage.shared().start().plusSeconds(1);
        assertThat(api.post(
                                "/clips",
                                ClipClient.request(clipId, start, start.plusMillis(400))
                                        .toString())
                        .status())
                .isEqualTo(202);
    }

    private void awaitStatus(EventClient listener, String status) {
        await().atMost(ClipClient.PATIENCE).until(() -> listener.of(clipId).stream()
                .anyMatch(state -> state.path("status").asText().equals(status)));
    }
}
