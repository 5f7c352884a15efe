package routes.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import routes.support.ApiClient;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.EventClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.OwnService;
import routes.support.PastFootage;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Pods of the previous version share the table: their jobs are finished here, and they can read items written here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LandedTableTest {
    /** Attributes that the previous version reads of every item; its reader fails without one of them. */
    private static final List<String> EXPECTED =
            List.of("type", "status", "request", "retryTimestamps", "attempt", "run", "asked", "day", "progress");

    private final LocalCloud cloud = LocalCloud.shared();
    private final LocalResources resources = OwnService.resources();
    private final ClipClient client = new ClipClient(cloud, resources);
    private final String table = landedTable(resources.jobsTable() + "-landed");
    private final OwnService service = OwnService.start(resources, Map.of("JOBS_TABLE", table));
    private final Instant asked = Instant.now().minus(Duration.ofMinutes(10));
    private final Instant start = PastFootage.shared().start().plusSeconds(2);

    private String id;

    @BeforeEach
    void newId() {
        id = ClipClient.newId();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void aJobThatWasQueuedIsMade() {
        put("QUEUED", 0, Map.of());

        awaitStatus("DONE");

        assertThat(item()).containsKeys(EXPECTED.toArray(String[]::new)).doesNotContainKey("message");
        assertThat(item().get("retryTimestamps").l()).isEmpty();
    }

    @Test
    void aJobThatWaitsGoesOnWithItsRetryTimestamps() {
        put("WAITING", 1, Map.of());

        awaitStatus("DONE");

        assertThat(item().get("retryTimestamps").l()).containsExactly(number(asked.toEpochMilli()));
        assertThat(item().get("attempt").n()).isEqualTo("1");
    }

    /** The table has no index of open jobs, so their list reads all jobs. */
    @Test
    void openJobsAreListedWithoutTheirIndex() {
        put("QUEUED", 0, Map.of("dueAt", number(Instant.now().plusSeconds(600).toEpochMilli())));
        String other = id;
        newId();
        put("DONE", 0, Map.of());

        JsonNode listed = api().get("/jobs?status=QUEUED,WAITING&cameraId=" + CameraApi.CAMERA_ID)
                .body();
        JsonNode all = api().get("/jobs?status=QUEUED").body();

        assertThat(listed.path("jobs").findValuesAsText("jobId"))
                .contains(other)
                .doesNotContain(id);
        assertThat(all.path("jobs").findValuesAsText("jobId")).contains(other).doesNotContain(id);
        assertThat(listed.at("/jobs/0").has("steps"))
                .as("steps of the previous version")
                .isFalse();
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

        awaitStatus("FAILED");

        assertThat(client.heardOf(id)).isEqualTo(ClipClient.json(event));
        assertThat(LocalServices.cameras().puts(id)).containsExactly(event);
        assertThat(api().get("/jobs/" + id).body().path("publications").findValuesAsText("status"))
                .containsExactly("ACCEPTED", "ACCEPTED");
    }

    @Test
    void withoutAnIndexOfChangesListenersReadTheListAgainAndAgain() {
        URI base = URI.create("http://127.0.0.1:" + service.port("server"));
        String token = LocalServices.tokens().token("reader");
        try (EventClient listener = EventClient.open(base, token, "")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> listener.events().size() == 2);

            assertThat(listener.events()).extracting(EventClient.Event::type).containsOnly("reset");
            assertThat(new ApiClient(base, token).get("/status").body().has("lastHour"))
                    .isFalse();
        }
    }

    /** The previous version ran a job again, and left the marks of the run before. */
    @Test
    void marksOfAnotherRunAreNotBelieved() {
        String event = "{\"clipId\":\"" + id + "\",\"status\":\"CLIP_NOT_AVAILABLE\",\"eventId\":\"run-2\"}";
        put(
                "ANNOUNCING",
                0,
                Map.of(
                        "succeeded", AttributeValue.fromBool(false),
                        "outcome", text("CLIP_NOT_AVAILABLE"),
                        "event", text(event),
                        "eventId", text("run-2"),
                        "publications",
                                JobItemMapper.of(
                                        List.of(
                                                Publication.pending("camera-api")
                                                        .accepted(),
                                                Publication.pending("sns").accepted()),
                                        "run-1")));

        awaitStatus("FAILED");

        assertThat(client.heardOf(id)).isEqualTo(ClipClient.json(event));
        assertThat(LocalServices.cameras().puts(id)).containsExactly(event);
    }

    private ApiClient api() {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + service.port("server")),
                LocalServices.tokens().token("reader"));
    }

    /** The deployed schema of the previous version; do not change it here. */
    private String landedTable(String name) {
        cloud.dynamoDb().createTable(r -> r.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        defined("jobId", ScalarAttributeType.S),
                        defined("open", ScalarAttributeType.S),
                        defined("dueAt", ScalarAttributeType.N),
                        defined("subject", ScalarAttributeType.S),
                        defined("day", ScalarAttributeType.S),
                        defined("openClient", ScalarAttributeType.S),
                        defined("asked", ScalarAttributeType.N))
                .keySchema(key("jobId", KeyType.HASH))
                .globalSecondaryIndexes(
                        index("open", "dueAt"),
                        index("subject", "asked"),
                        index("day", "asked"),
                        index("openClient", "asked")));
        cloud.dynamoDb().waiter().waitUntilTableExists(r -> r.tableName(name));
        return name;
    }

    private static GlobalSecondaryIndex index(String partition, String sort) {
        return GlobalSecondaryIndex.builder()
                .indexName(partition)
                .keySchema(key(partition, KeyType.HASH), key(sort, KeyType.RANGE))
                .projection(p -> p.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("status"))
                .build();
    }

    private static AttributeDefinition defined(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private Map<String, AttributeValue> item() {
        return cloud.dynamoDb()
                .getItem(r -> r.tableName(table).key(JobTable.key(id)).consistentRead(true))
                .item();
    }

    private void awaitStatus(String status) {
        await().atMost(ClipClient.PATIENCE).until(() -> item().get("status").s().equals(status));
    }

    /** Writes an item like the previous version. */
    private void put(String status, int attempt, Map<String, AttributeValue> more) {
        var request = ClipClient.request(id, start, start.plusSeconds(1));
        request.remove("retryTimestamps");
        Map<String, AttributeValue> item = new HashMap<>();
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
        item.putAll(more);
        cloud.dynamoDb().putItem(r -> r.tableName(table).item(item));
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
