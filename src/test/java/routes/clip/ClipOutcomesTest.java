package routes.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.clip.ClipDocuments.event;
import static routes.clip.ClipDocuments.failed;
import static routes.clip.ClipDocuments.gap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.PastFootage;
import routes.support.RecentCamera;

/** Every outcome of a clip job, from its client's view. */
@FlowTest
class ClipOutcomesTest {
    private final LocalCloud cloud = LocalCloud.shared();
    private final ClipClient client = LocalServices.client();
    private final CameraApi cameras = LocalServices.cameras();
    private final String clipId = ClipClient.newId();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private PastFootage footage;

    @BeforeEach
    void record() {
        footage = PastFootage.shared();
    }

    @AfterEach
    void resetClock() {
        LocalServices.clock().reset();
    }

    @Test
    void withoutFootageOfThreeHoursAgoTheClipIsNotAvailable() {
        assertFailed(request(now.minus(3, ChronoUnit.HOURS), 10), "CLIP_NOT_AVAILABLE", null);
    }

    @Test
    void withoutFootageOfFourDaysAgoItIsOutOfRange() {
        assertFailed(request(now.minus(4, ChronoUnit.DAYS), 10), "CLIP_OUT_OF_RANGE", null);
    }

    @Test
    void anIntervalOfMoreThanTwoHoursIsTooLong() {
        assertFailed(request(now.minus(4, ChronoUnit.HOURS), 7201), "CLIP_TOO_LONG", null);
    }

    @Test
    void damageInACopiedFrameIsReported() {
        Instant start = footage.damagedRecording().plusSeconds(2);
        client.send(ClipClient.request(clipId, start, start.plusSeconds(5)).toString());

        JsonNode document = client.heardOf(clipId);

        assertThat(document.path("status").asText()).isEqualTo("CLIP_AVAILABLE");
        assertThat(document.path("decodeErrors").asInt()).isPositive();
        client.awaitStatus(clipId, "DONE");
        JsonNode result = ClipClient.json(client.job(clipId).get("result").s());
        assertThat(result.at("/cut/decodeErrors")).isEqualTo(document.path("decodeErrors"));
        assertThat(result.at("/cut/copied").asInt()).isGreaterThan(100);
    }

    @Test
    void damageBeforeAnEncodedFrameIsDecodedFromOneGopEarlier() {
        Instant start = footage.damagedRecording().plusMillis(4200);
        String key = LocalResources.ORIGIN_DIR + "/test.stream.damaged.mp4";
        long before = bytesRead(key);
        client.send(ClipClient.request(clipId, start, start.plusSeconds(1)).toString());

        assertThat(client.heardOf(clipId).path("decodeErrors").asInt()).isPositive();

        client.awaitStatus(clipId, "DONE");
        JsonNode result = ClipClient.json(client.job(clipId).get("result").s());
        assertThat(result.at("/cut/reencoded").asInt()).isEqualTo(25);
        long size = cloud.s3()
                .headObject(r -> r.bucket(cloud.resources().originBucket()).key(key))
                .contentLength();
        // the GOP of the clip, then the one before it too; without damage a fifth of the recording
        assertThat(bytesRead(key) - before).isBetween(size * 2 / 5, size * 4 / 5);
    }

    private long bytesRead(String key) {
        return cloud.readsFromS3(key).stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void aReversedIntervalIsABadRequest() {
        ObjectNode request = ClipClient.request(clipId, now, now.minusSeconds(1));

        assertFailed(
                request,
                "FATAL_ERROR",
                "endTimestampInMs is " + now.minusSeconds(1).toEpochMilli() + ": it must be after startTimestampInMs, "
                        + now.toEpochMilli());
    }

    @Test
    void anEndThatIsTooFarInTheFutureIsABadRequest() {
        ObjectNode request = request(now, 960);

        JsonNode document = assertFailed(request, "FATAL_ERROR");

        assertThat(document.path("reason").asText())
                .startsWith("endTimestampInMs is " + now.plusSeconds(960).toEpochMilli() + ": it must be at most ")
                .endsWith(", 900 s after the request");
    }

    @Test
    void lateFootageIsWaitedFor() {
        RecentCamera camera = new RecentCamera(now.minusSeconds(60), 1);
        client.send(request(camera, 0, 2_000).toString());

        client.awaitStatus(clipId, "WAITING");
        assertThat(cameras.allPuts(clipId)).singleElement().satisfies(put -> {
            assertThat(ClipClient.json(put).path("status").asText()).isEqualTo("CLIP_PENDING");
            assertThat(ClipClient.json(put).path("eventId").asText()).endsWith("-pending");
        });
        camera.list(0);

        assertAvailable(camera, List.of());
        assertThat(cameras.allPuts(clipId))
                .extracting(put -> ClipClient.json(put).path("status").asText())
                .containsExactly("CLIP_PENDING", "CLIP_AVAILABLE");
        assertThat(client.job(clipId).get("retryTimestamps").l()).isNotEmpty();
    }

    @Test
    void footageThatNeverComesEndsWithATimeoutAfterOneMoreCheck() {
        ObjectNode request = request(now.minusSeconds(60), 2);
        client.send(request.toString());
        client.awaitStatus(clipId, "WAITING");
        LocalServices.clock().advance(Duration.ofSeconds(901));

        JsonNode document = client.heardOf(clipId);

        // each check is recorded with the time of its message
        JsonNode looks = document.path("retryTimestamps");
        assertThat(looks).isNotEmpty();
        assertThat(looks.get(0).asLong()).isGreaterThanOrEqualTo(now.toEpochMilli());
        assertThat(looks.get(looks.size() - 1).asLong())
                .isGreaterThanOrEqualTo(looks.get(0).asLong());
        request.set("retryTimestamps", looks);
        assertFailed(document, request, "CLIP_RETRY_TIMEOUT", null);
    }

    @Test
    void aGapWithinOldFootageIsReported() {
        RecentCamera camera = new RecentCamera(now.minusSeconds(7200), 3);
        camera.list(0);
        camera.list(2);
        client.send(request(camera, 500, 5_500).toString());

        List<ObjectNode> gaps = List.of(gap(camera.start(1), camera.start(2)));
        assertAvailable(camera, gaps);
        assertThat(ClipClient.json(client.job(clipId).get("result").s()).path("gaps"))
                .containsExactly(gaps.get(0).deepCopy().put("reason", "NOT_RECORDED"));
    }

    @Test
    void anIntervalThatIsStillBeingRecordedIsWaitedFor() {
        RecentCamera camera = new RecentCamera(now.minusSeconds(2), 3);
        camera.list(0);
        // ends in the future, after the only listed recording
        client.send(request(camera, 500, 5_500).toString());

        client.awaitStatus(clipId, "WAITING");
        assertThat(client.objectsBelow(camera.id())).isEmpty();
        camera.list(1);
        camera.list(2);

        assertAvailable(camera, List.of());
    }

    @Test
    void aGapAtTheEndThatNeverFillsIsReported() {
        RecentCamera camera = new RecentCamera(now.minusSeconds(60), 2);
        camera.list(0);
        client.send(request(camera, 500, 3_500).toString());
        client.awaitStatus(clipId, "WAITING");
        LocalServices.clock().advance(Duration.ofSeconds(901));

        assertAvailable(camera, List.of(gap(camera.start(1), camera.start(1).plusMillis(1_500))));
    }

    @Test
    void theFormOfTheEarlierLambdaWithDigitsInStringsIsTheSameRequest() {
        Instant start = footage.start().plusSeconds(1);
        String body =
                "{'clipId': '%s', 'retryTimestamps': [], 'cameraId': %s, 'startTimestampInMs': '%d', 'endTimestampInMs': '%d'}"
                        .formatted(
                                clipId,
                                CameraApi.CAMERA_ID,
                                start.toEpochMilli(),
                                start.plusSeconds(1).toEpochMilli());
        client.send(event(body).toString());

        assertThat(client.heardOf(clipId).path("status").asText()).isEqualTo("CLIP_AVAILABLE");
        client.awaitStatus(clipId, "DONE");
        // the same request in the plain format has nothing left to do
        client.send(ClipClient.request(clipId, start, start.plusSeconds(1)).toString());
        String another = ClipClient.newId();
        client.send(ClipClient.request(another, start, start.plusSeconds(1)).toString());
        client.awaitStatus(another, "DONE");
        assertThat(client.allHeardOf(clipId)).hasSize(1);
    }

    @Test
    void everyRequestOfAnEventIsFulfilledEvenNextToABadOne() {
        Instant start = footage.start().plusSeconds(1);
        String another = ClipClient.newId();
        ObjectNode event = event(
                ClipClient.request(clipId, start, start.plusSeconds(1)).toString(),
                ClipClient.request(another, start, start.plusSeconds(1)).toString());
        event.withArray("Records").insertObject(1);

        client.send(event.toString());

        client.awaitStatus(clipId, "DONE");
        client.awaitStatus(another, "DONE");
    }

    @Test
    void aRequestThatATopicPassedOnIsFulfilled() {
        Instant start = footage.start().plusSeconds(1);
        ObjectNode envelope = JsonNodeFactory.instance
                .objectNode()
                .put("Type", "Notification")
                .put("TopicArn", "arn:aws:sns:us-east-1:000000000000:alarms")
                .put(
                        "Message",
                        ClipClient.request(clipId, start, start.plusSeconds(1)).toString());

        client.send(envelope.toString());

        client.awaitStatus(clipId, "DONE");
    }

    @Test
    void aRequestWithMoreRetryTimestampsThanARequestHasEndsWithAnOutcome() {
        ObjectNode request = request(footage.start(), 1);
        LongStream.range(0, 1001).forEach(request.putArray("retryTimestamps")::add);
        client.send(request.toString());

        JsonNode document = client.heardOf(clipId);

        assertThat(document.path("status").asText()).isEqualTo("FATAL_ERROR");
        assertThat(document.path("reason").asText())
                .isEqualTo("retryTimestamps is 1001 numbers: it must be at most 1000");
    }

    private ObjectNode request(Instant start, int seconds) {
        return ClipClient.request(clipId, start, start.plusSeconds(seconds));
    }

    /**
     * @param from milliseconds after the camera's first instant
     * @param to milliseconds after the camera's first instant
     */
    private ObjectNode request(RecentCamera camera, int from, int to) {
        return ClipClient.request(
                        clipId,
                        camera.start(0).plusMillis(from),
                        camera.start(0).plusMillis(to))
                .put("cameraId", camera.id());
    }

    private void assertAvailable(RecentCamera camera, List<ObjectNode> gaps) {
        JsonNode document = client.heardOf(clipId);
        assertThat(document.path("status").asText()).isEqualTo("CLIP_AVAILABLE");
        assertThat(document.path("gaps")).containsExactlyElementsOf(gaps);
        client.awaitStatus(clipId, "DONE");
        assertThat(client.objectsBelow(camera.id())).hasSize(5).contains(camera.id() + "/" + clipId + ".mp4");
        assertThat(cameras.puts(clipId)).singleElement().satisfies(put -> assertThat(ClipClient.json(put))
                .isEqualTo(document));
    }

    private JsonNode assertFailed(ObjectNode request, String outcome) {
        client.send(request.toString());
        JsonNode document = client.heardOf(clipId);
        assertFailed(document, request, outcome, document.path("reason").textValue());
        return document;
    }

    private void assertFailed(ObjectNode request, String outcome, String reason) {
        client.send(request.toString());
        assertFailed(client.heardOf(clipId), request, outcome, reason);
    }

    private void assertFailed(JsonNode document, ObjectNode request, String outcome, String reason) {
        assertThat(document).isEqualTo(failed(request, outcome, reason, document));
        client.awaitStatus(clipId, "FAILED");
        assertThat(client.allHeardOf(clipId)).hasSize(1);
        assertThat(cameras.puts(clipId)).singleElement().satisfies(put -> assertThat(ClipClient.json(put))
                .isEqualTo(document));
        assertThat(client.job(clipId).get("outcome").s()).isEqualTo(outcome);
        assertThat(client.objects(clipId)).isEmpty();
    }
}
