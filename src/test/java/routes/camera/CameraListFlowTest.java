package routes.camera;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalCloud;
import routes.support.LocalServices;
import routes.support.PastFootage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The cameras that jobs and coverage looked for, by id. */
@FlowTest
class CameraListFlowTest {
    private final CameraApi cameras = LocalServices.cameras();
    private final ClipClient client = LocalServices.client();
    private final Instant start = PastFootage.shared().start();
    private final String camera = "seen-" + UUID.randomUUID();

    @LocalServerPort
    int port;

    @Autowired
    CameraRegistry registry;

    @Test
    void aCameraOfAJobIsListedWithItsNameAndZone() {
        cameras.addCamera(camera, CameraApi.ALIAS, "Europe/Amsterdam");
        String clipId = ClipClient.newId();
        Instant before = Instant.now().minusMillis(1);
        client.send(ClipClient.request(clipId, start, start.plusSeconds(1))
                .put("cameraId", camera)
                .toString());
        client.awaitStatus(clipId, "DONE");

        JsonNode listed = listed(camera);

        assertThat(listed.path("name").asText()).isEqualTo(CameraApi.ALIAS);
        assertThat(listed.path("zone").asText()).isEqualTo("Europe/Amsterdam");
        assertThat(Instant.parse(listed.path("lastSeenAt").asText())).isBetween(before, Instant.now());
    }

    @Test
    void aZoneThatNobodyKnowsIsLeftOut() {
        cameras.addCamera(camera, CameraApi.ALIAS, "<script>alert(1)</script>");

        assertThat(coverage(camera).status()).isEqualTo(200);

        assertThat(listed(camera).path("name").asText()).isEqualTo(CameraApi.ALIAS);
        assertThat(listed(camera).has("zone")).isFalse();
    }

    @Test
    void aCameraThatTheCameraApiDoesNotKnowIsNotListed() {
        assertThat(coverage(camera).status()).isEqualTo(404);

        assertThat(ids("?limit=1000")).doesNotContain(camera);
    }

    @Test
    void camerasAreWrittenOnceAnHourAndTheZoneStays() {
        registry.described(camera, "front-door", "Asia/Kathmandu");
        forget(camera);

        registry.seen(camera, "front-door");
        assertThat(item(camera)).as("written within the hour").isEmpty();

        String other = camera + "-other";
        registry.seen(other, "back-door");
        assertThat(item(other)).containsKeys("subject", "asked", "name", "ExpirationTime");
    }

    @Test
    void pagesAreInTheOrderOfTheIdsAndCamerasNotSeenForLongAreLeftOut() {
        for (int i = 0; i < 5; i++) {
            registry.seen(camera + "-" + i, "cam");
        }
        cloudItem(camera + "-2", "asked", "1000");

        List<String> all = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonNode page = api().get("/cameras?limit=2" + next).body();
            assertThat(page.path("cameras").size()).isLessThanOrEqualTo(2);
            page.path("cameras").forEach(one -> all.add(one.path("cameraId").asText()));
            next = page.has("next") ? "&next=" + page.path("next").asText() : null;
        }

        assertThat(all).isSorted().doesNotHaveDuplicates();
        assertThat(all)
                .filteredOn(id -> id.startsWith(camera))
                .containsExactly(camera + "-0", camera + "-1", camera + "-3", camera + "-4");
        Answer wrong = api().get("/cameras?next=Li4v");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.wrongFields()).containsExactly("next");
    }

    @Test
    void camerasAreNoJobs() {
        registry.seen(camera, "cam");

        assertThat(api().get("/jobs/camera:" + camera).status()).isEqualTo(400);
        assertThat(api().get("/jobs?subject=%09cameras").status()).isEqualTo(400);
        assertThat(api().get("/jobs?cameraId=" + camera).body().path("jobs")).isEmpty();
    }

    private List<String> ids(String query) {
        return api().get("/cameras" + query).body().path("cameras").findValuesAsText("cameraId");
    }

    private JsonNode listed(String id) {
        for (JsonNode one : api().get("/cameras?limit=1000").body().path("cameras")) {
            if (one.path("cameraId").asText().equals(id)) {
                return one;
            }
        }
        throw new AssertionError("not listed: " + id);
    }

    private Answer coverage(String id) {
        return api().get("/cameras/" + id + "/coverage?start=" + start + "&end=" + start.plusSeconds(1));
    }

    private Map<String, AttributeValue> item(String id) {
        return client.job("camera:" + id);
    }

    private static void forget(String id) {
        LocalCloud.shared().dynamoDb().deleteItem(r -> r.tableName(
                        LocalCloud.shared().resources().jobsTable())
                .key(key(id)));
    }

    private static void cloudItem(String id, String name, String number) {
        LocalCloud.shared().dynamoDb().updateItem(r -> r.tableName(
                        LocalCloud.shared().resources().jobsTable())
                .key(key(id))
                .updateExpression("SET #name = :value")
                .expressionAttributeNames(Map.of("#name", name))
                .expressionAttributeValues(Map.of(":value", AttributeValue.fromN(number))));
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("jobId", AttributeValue.fromS("camera:" + id));
    }

    private ApiClient api() {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token("viewer"));
    }
}
