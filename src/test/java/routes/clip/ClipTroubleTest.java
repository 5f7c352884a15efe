package routes.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalCloud;
import routes.support.LocalServices;
import routes.support.PastFootage;
import routes.support.SnsServer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Valid requests with attributes that would control Camel, and with services that reject or fail. */
@FlowTest
class ClipTroubleTest {
    private final ClipClient client = LocalServices.client();
    private final CameraApi cameras = LocalServices.cameras();
    private final String clipId = ClipClient.newId();
    private final Instant start = PastFootage.shared().start().plusSeconds(1);
    private final ObjectNode request = ClipClient.request(clipId, start, start.plusSeconds(1));

    @AfterEach
    void noFaultIsLeft() {
        cameras.clearFaults();
        LocalServices.clock().reset();
    }

    @Test
    void attributesThatWouldSteerCamelDoNothing(@TempDir Path folder) {
        try (CameraApi elsewhere = new CameraApi()) {
            Path written = folder.resolve("written");
            List<String> before = client.objectsBelow("");
            client.send(
                    request.toString(),
                    Map.of(
                            "CamelAwsS3Key", "evil/${camelId}",
                            "CamelAwsS3BucketName", "camclips-origin",
                            "CamelAwsS3Operation", "listBuckets",
                            "CamelHttpUri", elsewhere.baseUrl().toString(),
                            "CamelHttpPath", "evil",
                            "CamelExecCommandExecutable", "/usr/bin/touch",
                            "CamelExecCommandArgs", written.toString(),
                            "CamelAwsSqsDelaySeconds", "900"));

            client.awaitStatus(clipId, "DONE");
            assertThat(client.heardOf(clipId).path("status").asText()).isEqualTo("CLIP_AVAILABLE");
            List<String> stored = new ArrayList<>(client.objectsBelow(""));
            stored.removeAll(before);
            assertThat(stored).hasSize(5).allSatisfy(key -> assertThat(key)
                    .startsWith(CameraApi.CAMERA_ID + "/" + clipId));
            assertThat(elsewhere.requests()).isEmpty();
            assertThat(cameras.requests()).noneMatch(r -> r.path().contains("evil"));
            assertThat(Files.exists(written)).isFalse();
        }
    }

    @Test
    void aRejectionOfTheCameraApiIsStoredAndSubscribersAreNotified() {
        cameras.failNext("/cameras/clips/" + clipId, 400, 1);
        client.send(request.toString());

        client.awaitStatus(clipId, "DONE");
        Map<String, AttributeValue> cameraApi =
                client.job(clipId).get("publications").l().get(0).m();
        assertThat(cameraApi.get("status").s()).isEqualTo("REFUSED");
        assertThat(cameraApi.get("lastError").s()).isEqualTo("it answered 400");
        assertThat(client.heardOf(clipId).path("status").asText()).isEqualTo("CLIP_AVAILABLE");
        assertThat(cameras.puts(clipId)).isEmpty();
    }

    @Test
    void anUnknownCameraIsAFatalError() {
        client.send(request.put("cameraId", "unknown").toString());

        JsonNode document = client.heardOf(clipId);
        assertThat(document.path("status").asText()).isEqualTo("FATAL_ERROR");
        assertThat(document.path("reason").asText()).isEqualTo("the camera API refused the request with status 404");
        client.awaitStatus(clipId, "FAILED");
    }

    @Test
    void aFailedCallOfTheCameraApiIsRetriedLater() {
        cameras.failNext("/cameras/recording/", 503, 1);
        client.send(request.toString());

        // without an owner, but due only after the redelivery of the message
        await().atMost(ClipClient.PATIENCE)
                .until(() -> client.jobStatus(clipId).equals("RUNNING")
                        && !client.job(clipId).containsKey("owner"));
        assertThat(Long.parseLong(client.job(clipId).get("dueAt").n()))
                .isGreaterThan(Instant.now().plusSeconds(240).toEpochMilli());
        client.awaitStatus(clipId, "DONE");
        assertThat(client.heardOf(clipId).path("status").asText()).isEqualTo("CLIP_AVAILABLE");
        assertThat(client.allHeardOf(clipId)).hasSize(1);
    }

    @Test
    void theSweepFinishesAPublicationWhoseMessageIsMissing() {
        cameras.failNext("/cameras/clips/" + clipId, 503, 1);
        client.send(request.put("endTimestampInMs", 1).toString());
        client.awaitStatus(clipId, "ANNOUNCING");
        String eventId = client.job(clipId).get("eventId").s();
        await().atMost(ClipClient.PATIENCE).until(() -> asked("/cameras/clips/" + clipId) == 1);
        LocalServices.clock().advance(Duration.ofMinutes(3));

        JsonNode document = client.heardOf(clipId);
        client.awaitStatus(clipId, "FAILED");
        assertThat(document.path("eventId").asText()).isEqualTo(eventId);
        assertThat(client.allHeardOf(clipId)).hasSize(1);
        assertThat(cameras.puts(clipId)).singleElement().satisfies(put -> assertThat(ClipClient.json(put))
                .isEqualTo(document));
    }

    private long asked(String path) {
        return cameras.requests().stream().filter(r -> r.path().equals(path)).count();
    }

    @Test
    void anAnnouncementThatFailsIsRepeatedAsItWas() {
        SnsServer sns = LocalCloud.shared().snsServer();
        assumeThat(sns).as("only the embedded SNS can be made to fail").isNotNull();
        // one call of the SDK makes four attempts
        sns.failNext(4);
        client.send(request.toString());

        client.awaitStatus(clipId, "DONE");
        JsonNode document = client.heardOf(clipId);
        assertThat(client.allHeardOf(clipId)).hasSize(1);
        assertThat(cameras.puts(clipId)).as("accepted before").singleElement().satisfies(put -> assertThat(
                        ClipClient.json(put))
                .isEqualTo(document));
        assertThat(client.job(clipId).get("eventId").s())
                .isEqualTo(document.path("eventId").asText());
    }
}
