package routes.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.jobs.IdempotencyKeys;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalServices;

/** The same submission twice is one job: by its clipId, or by an Idempotency-Key. */
@FlowTest
class IdempotencyFlowTest {
    private final String caller = "idempotent-" + UUID.randomUUID();
    private final String key = UUID.randomUUID().toString();
    private final Instant past = Instant.now().minus(Duration.ofDays(2));

    @LocalServerPort
    int port;

    @Autowired
    IdempotencyKeys keys;

    @AfterEach
    void setClockRight() {
        LocalServices.clock().reset();
    }

    @Test
    void theSameKeyAndRequestGiveTheSameJob() {
        Answer first = post(submission(past), key);
        Answer second = post(submission(past), key);

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(202);
        assertThat(first.body().path("jobId").asText()).matches("[0-9A-HJKMNP-TV-Z]{26}");
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void manyRequestsAtOnceWithOneKeyGiveOneJob() {
        List<Answer> answers = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> post(submission(past), key))
                .toList();

        assertThat(answers).extracting(Answer::status).contains(202).containsOnly(202, 409);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 202)
                        .map(answer -> answer.header("Location"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void theSameKeyWithAnotherRequestIsRefused() {
        post(submission(past), key);

        Answer other = post(submission(past.plusSeconds(1)), key);

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.contentType()).isEqualTo("application/problem+json");
        assertThat(other.body().path("detail").asText()).contains("Idempotency-Key");
    }

    @Test
    void aKeyWhoseRequestIsInProgressConflictsUntilThatRequestIsLost() {
        keys.claim(caller, key, asked(past), "job-of-a-request-that-hangs");

        Answer meanwhile = post(submission(past), key);
        assertThat(meanwhile.status()).isEqualTo(409);
        assertThat(meanwhile.retryAfter()).hasValue(1);

        LocalServices.clock().advance(Duration.ofSeconds(31));
        Answer later = post(submission(past), key);
        assertThat(later.status()).isEqualTo(202);
        assertThat(later.body().path("jobId").asText()).isEqualTo("job-of-a-request-that-hangs");
    }

    @Test
    void theKeyOfAnotherCallerIsAnotherKey() {
        Answer mine = post(submission(past), key);
        Answer theirs = new ApiClient(base(), LocalServices.tokens().token("other-" + caller))
                .post("/clips", submission(past).toString(), "Idempotency-Key", key);

        assertThat(theirs.body().path("jobId").asText())
                .isNotEqualTo(mine.body().path("jobId").asText());
    }

    @Test
    void aKeyWhoseRequestWasRefusedMayBeUsedAgain() {
        ObjectNode taken = submission(past).put("clipId", ClipClient.newId());
        assertThat(api().post("/clips", taken.toString()).status()).isEqualTo(202);
        ObjectNode refused = submission(past.plusSeconds(5))
                .put("clipId", taken.path("clipId").asText());
        assertThat(post(refused, key).status()).as("id of another request").isEqualTo(422);

        assertThat(post(submission(past), key).status()).isEqualTo(202);
    }

    @Test
    void theSameIdWithTheSameRequestIsTheSameJobAndWithAnotherItIsRefused() {
        ObjectNode submission = submission(past).put("clipId", ClipClient.newId());
        String id = submission.path("clipId").asText();

        assertThat(api().post("/clips", submission.toString()).status()).isEqualTo(202);
        assertThat(api().post("/clips", submission.toString()).status()).isEqualTo(202);
        Answer other = api().post(
                        "/clips",
                        submission
                                .put("endTimestampInMs", past.toEpochMilli() + 5)
                                .toString());

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.wrongFields()).containsExactly("clipId");
        LocalServices.client().awaitStatus(id, "FAILED");
        assertThat(api().get("/jobs/" + id).body().path("run").asInt()).isEqualTo(1);
    }

    @Test
    void manyAtOnceWithOneKeyMakeOneJob() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Answer>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(() -> post(submission(past), key));
            }
            Set<String> jobs = new HashSet<>();
            for (Future<Answer> answer : clients.invokeAll(all)) {
                assertThat(answer.get().status()).isIn(202, 409);
                if (answer.get().status() == 202) {
                    jobs.add(answer.get().body().path("jobId").asText());
                }
            }
            assertThat(jobs).hasSize(1);
        } finally {
            clients.shutdownNow();
        }
    }

    private Answer post(ObjectNode submission, String idempotencyKey) {
        return api().post("/clips", submission.toString(), "Idempotency-Key", idempotencyKey);
    }

    private ApiClient api() {
        return new ApiClient(base(), LocalServices.tokens().token(caller));
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static ObjectNode submission(Instant start) {
        ObjectNode submission = ClipClient.request("unused", start, start.plusSeconds(1));
        submission.remove(List.of("clipId", "retryTimestamps"));
        return submission;
    }

    /** As the service writes a submission without an id. */
    private static String asked(Instant start) {
        ObjectNode asked = ClipClient.request("", start, start.plusSeconds(1));
        asked.remove("retryTimestamps");
        return asked.toString();
    }
}
