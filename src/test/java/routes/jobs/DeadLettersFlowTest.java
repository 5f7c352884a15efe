package routes.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.clip.ClipDocuments.event;
import static routes.clip.ClipDocuments.failed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import routes.clip.ClipMessages;
import routes.clip.ClipRequest;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalCloud;
import routes.support.LocalServices;
import routes.support.PastFootage;
import routes.support.SettableClock;
import routes.support.TestSettings;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Requests that cannot be read, that belong to another job, or whose attempts all failed. */
@FlowTest
@ExtendWith(OutputCaptureExtension.class)
class DeadLettersFlowTest {
    private static final String IN_VAIN = "every attempt failed; request the clip again under a new clipId";

    private final ClipClient client = LocalServices.client();
    private final CameraApi cameras = LocalServices.cameras();
    private final String clipId = ClipClient.newId();
    private final Instant start = PastFootage.shared().start().plusSeconds(1);
    private final ObjectNode request = ClipClient.request(clipId, start, start.plusSeconds(1));

    @Autowired
    JobStore store;

    @AfterEach
    void theQueueKeepsMoving() {
        String next = ClipClient.newId();
        client.send(ClipClient.request(next, start, start.plusSeconds(1)).toString());
        client.awaitStatus(next, "DONE");
    }

    @Test
    void aMessageWithoutAnIdIsKeptForAnOperatorWhoIsAlerted(CapturedOutput log) {
        List<String> letters = List.of(
                "not JSON at all",
                "[1, 2]",
                "{\"cameraId\":\"1111111111111\"}",
                request.deepCopy().put("clipId", "../../x").toString(),
                request.deepCopy().put("clipId", "${camelId}").toString(),
                request.deepCopy().put("clipId", "-rf").toString(),
                request.deepCopy().put("clipId", "a\nb").toString(),
                "<\n".repeat(100_000));
        int kept = client.keptDeadLetters();

        letters.forEach(client::send);

        await().atMost(ClipClient.PATIENCE).until(() -> alarms(log, "message ").size() == letters.size());
        assertThat(alarms(log, "message ")).allSatisfy(line -> assertThat(line).hasSizeLessThan(600));
        assertThat(alarms(log, "not JSON at all")).hasSize(1);
        assertThat(alarms(log, "camelId")).singleElement().asString().contains("${camelId}");
        await().until(() -> client.keptDeadLetters() == kept + letters.size());
    }

    @Test
    void aRequestIsAnsweredIfOnlyItsIdCanBeRead() {
        ObjectNode unreadable = request.deepCopy().put("cameraId", "../../x").put("endTimestampInMs", "soon");
        unreadable.remove("startTimestampInMs");
        client.send(unreadable.toString());

        ObjectNode readable = request.deepCopy();
        readable.putNull("cameraId").putNull("startTimestampInMs").putNull("endTimestampInMs");
        assertFailed(readable, "cameraId is \"../../x\": it must be " + Identifier.ALLOWED);
    }

    @Test
    void readableFieldsAreInTheDocument() {
        client.send(request.deepCopy().put("endTimestampInMs", 1.5).toString());

        assertFailed(
                request.deepCopy().putNull("endTimestampInMs"),
                "endTimestampInMs is 1.5: it must be milliseconds since 1970, a whole number up to 253402300799999");
    }

    @Test
    void anotherRequestOrAnUnreadableOneUnderTheSameIdLeavesTheJobAsItIs(CapturedOutput log) {
        client.send(request.toString());
        client.heardOf(clipId);
        client.awaitStatus(clipId, "DONE");
        Map<String, AttributeValue> job = client.job(clipId);
        List<String> objects = client.objects(clipId);

        client.send(request.deepCopy()
                .put("endTimestampInMs", start.plusSeconds(2).toEpochMilli())
                .toString());
        client.send(request.deepCopy().put("retryTimestamps", "x").toString());

        await().atMost(ClipClient.PATIENCE).until(() -> alarms(log, clipId).size() == 2);
        assertThat(alarms(log, clipId)).allSatisfy(line -> assertThat(line).contains("exists for another request"));
        assertThat(client.job(clipId)).isEqualTo(job);
        assertThat(client.objects(clipId)).isEqualTo(objects);
        assertThat(client.allHeardOf(clipId)).hasSize(1);
        assertThat(cameras.puts(clipId)).hasSize(1);
    }

    @Test
    void aRequestThatFailedAtEveryTryIsAnswered() {
        store.redeliver(open(), Instant.now().plusSeconds(900));
        client.sendDeadLetter(request.toString());

        assertFailed(request, IN_VAIN);
    }

    @Test
    void everyRequestOfAnEventIsAnswered() {
        String another = ClipClient.newId();
        client.sendDeadLetter(event(
                        request.toString(),
                        request.deepCopy().put("clipId", another).toString())
                .toString());

        assertFailed(request, IN_VAIN);
        assertThat(client.heardOf(another).path("reason").asText()).isEqualTo(IN_VAIN);
        client.awaitStatus(another, "FAILED");
    }

    @Test
    void aDecidedJobIsAnnouncedAsItWasDecided() {
        String document = "{\"clipId\":\"%s\",\"status\":\"CLIP_AVAILABLE\"}".formatted(clipId);
        Job decided = store.decide(open(), new JobOutcome("CLIP_AVAILABLE", document, null, null), true, List.of());
        store.redeliver(decided, Instant.now().plusSeconds(900));
        client.sendDeadLetter(request.toString());

        client.awaitStatus(clipId, "DONE");
        assertThat(client.heardOf(clipId)).isEqualTo(ClipClient.json(document));
        assertThat(cameras.puts(clipId)).containsExactly(document);
    }

    @Test
    void aDeadLetterOfAJobThatRunsOrContinuedIsDropped(CapturedOutput log) {
        Job job = open();
        client.sendDeadLetter(request.toString());
        await().atMost(ClipClient.PATIENCE).until(() -> dropped(log) == 1);
        assertThat(StoredJobs.find(clipId)).contains(job);

        Job waiting = store.await(job, nextRequest(), Instant.now().plusSeconds(60));
        client.sendDeadLetter(request.toString());
        await().atMost(ClipClient.PATIENCE).until(() -> dropped(log) == 2);
        assertThat(StoredJobs.find(clipId)).contains(waiting);

        request.withArray("retryTimestamps").add(1);
        client.sendDeadLetter(request.toString());
        assertFailed(request, IN_VAIN);
        client.sendDeadLetter(request.toString());
        await().atMost(ClipClient.PATIENCE).until(() -> dropped(log) == 3);
        assertThat(client.allHeardOf(clipId)).hasSize(1);
    }

    @Test
    void aDeadLetterReturnsToItsQueueWhileItsJobCannotBePublished() {
        cameras.failNext("/cameras/clips/" + clipId, 503, 1);
        client.sendDeadLetter(request.toString());

        assertFailed(request, IN_VAIN);
    }

    @Test
    void theSweepFinishesAJobOfWhichOnlyTheIdIsKnown() {
        Instant past = Instant.now().minusSeconds(600);
        JobStore died = new JobStore(
                LocalCloud.shared().dynamoDb(),
                new SettableClock(past),
                TestSettings.with(
                        Map.of("JOBS_TABLE", LocalCloud.shared().resources().jobsTable())));
        assertThat(died.open(new NewJob(clipId, "clip", null, null, "{\"clipId\":\"" + clipId + "\"}", "{}", 0, past)))
                .isPresent();

        assertFailed(
                request.deepCopy()
                        .putNull("cameraId")
                        .putNull("startTimestampInMs")
                        .putNull("endTimestampInMs"),
                "cameraId is missing: it must be " + Identifier.ALLOWED);
    }

    private Job open() {
        return store.open(new NewJob(
                        clipId, "clip", CameraApi.CAMERA_ID, null, clipRequest().identity(), "{}", 0, Instant.now()))
                .orElseThrow();
    }

    private JobRequest nextRequest() {
        return new ClipMessages()
                .read(request.deepCopy()
                        .<ObjectNode>set("retryTimestamps", request.arrayNode().add(1))
                        .toString());
    }

    private ClipRequest clipRequest() {
        return new ClipMessages().read(request.toString());
    }

    private void assertFailed(JsonNode readable, String reason) {
        JsonNode document = client.heardOf(clipId);
        assertThat(document).isEqualTo(failed(readable, "FATAL_ERROR", reason, document));
        client.awaitStatus(clipId, JobStatus.FAILED.name());
        assertThat(client.allHeardOf(clipId)).hasSize(1);
        assertThat(cameras.puts(clipId)).singleElement().satisfies(put -> assertThat(ClipClient.json(put))
                .isEqualTo(document));
        assertThat(client.job(clipId).get("error").s()).isEqualTo(reason);
    }

    private static List<String> alarms(CapturedOutput log, String part) {
        return log.getOut()
                .lines()
                .filter(line -> line.contains("ALARM dead letter") && line.contains(part))
                .toList();
    }

    private long dropped(CapturedOutput log) {
        return log.getOut()
                .lines()
                .filter(line -> line.contains(clipId + ": dead letter dropped"))
                .count();
    }
}
