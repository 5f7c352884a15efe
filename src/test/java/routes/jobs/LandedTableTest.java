package routes.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import routes.support.ApiClient;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.OwnService;
import routes.support.PastFootage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table is shared with pods of the version before: their jobs are finished here, and they can read what is here. */
class LandedTableTest {
    /** What the version before reads of every item; without one of them its reader fails. */
    private static final List<String> EXPECTED =
            List.of("type", "status", "request", "retryTimestamps", "attempt", "run", "asked", "day", "progress");

    private final LocalCloud cloud = LocalCloud.shared();
    private final LocalResources resources = OwnService.resources();
    private final ClipClient client = new ClipClient(cloud, resources);
    private final OwnService service = OwnService.start(resources, Map.of());
    private final Instant asked = Instant.now().minus(Duration.ofMinutes(10));
    private final Instant start = PastFootage.shared().start().plusSeconds(2);
    private final String id = ClipClient.newId();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aJobThatWasQueuedIsMade() {
        put("QUEUED", 0, Map.of());

        client.awaitStatus(id, "DONE");

        assertThat(client.job(id)).containsKeys(EXPECTED.toArray(String[]::new)).doesNotContainKey("message");
        assertThat(client.job(id).get("retryTimestamps").l()).isEmpty();
    }

    @Test
    void aJobThatWaitsGoesOnWithItsRetryTimestamps() {
        put("WAITING", 1, Map.of());

        client.awaitStatus(id, "DONE");

        assertThat(client.job(id).get("retryTimestamps").l()).containsExactly(number(asked.toEpochMilli()));
        assertThat(client.job(id).get("attempt").n()).isEqualTo("1");
    }

    @Test
    void aDecidedJobIsPublishedToEverySinkOfItsType() {
        String event = "{\"clipId\":\"" + id + "\",\"status\":\"CLIP_NOT_AVAILABLE\",\"eventId\":\"landed\"}";
        put(
                "ANNOUNCING",
                0,
                Map.of(
                        "succeeded", AttributeValue.fromBool(false),
                        "outcome", text("CLIP_NOT_AVAILABLE"),
                        "event", text(event),
                        "eventId", text("landed")));

        client.awaitStatus(id, "FAILED");

        assertThat(client.heardOf(id)).isEqualTo(ClipClient.json(event));
        assertThat(LocalServices.cameras().puts(id)).containsExactly(event);
        ApiClient api = new ApiClient(
                URI.create("http://127.0.0.1:" + service.port("server")),
                LocalServices.tokens().token("reader"));
        assertThat(api.get("/jobs/" + id).body().path("publications").findValuesAsText("status"))
                .containsExactly("TAKEN", "TAKEN");
    }

    /** As the version before wrote it. */
    private void put(String status, int attempt, Map<String, AttributeValue> more) {
        var request = ClipClient.request(id, start, start.plusSeconds(1));
        request.remove("retryTimestamps");
        Map<String, AttributeValue> item = new HashMap<>(more);
        item.put("jobId", text(id));
        item.put("type", text("clip"));
        item.put("subject", text(CameraApi.CAMERA_ID));
        item.put("status", text(status));
        item.put("request", text(request.toString()));
        item.put(
                "retryTimestamps",
                AttributeValue.fromL(attempt == 0 ? List.of() : List.of(number(asked.toEpochMilli()))));
        item.put("attempt", number(attempt));
        item.put("run", number(1));
        item.put("asked", number(asked.toEpochMilli()));
        item.put("day", text(asked.toString().substring(0, 10)));
        item.put("progress", number(0));
        item.put("sweeps", number(0));
        item.put("open", text("clip"));
        item.put("dueAt", number(asked.toEpochMilli()));
        cloud.dynamoDb().putItem(r -> r.tableName(resources.jobsTable()).item(item));
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
