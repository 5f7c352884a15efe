package routes.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalCloud;
import routes.support.LocalServices;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The number of open jobs of a client is exact, and is repaired if it is not. */
@FlowTest
class OpenJobLimitFlowTest {
    /** Of the shared application. */
    private static final int MOST_OPEN = 5;

    private final String caller = "counted-" + UUID.randomUUID();
    private final Instant now = Instant.now();

    @Autowired
    OpenJobRepair repair;

    @LocalServerPort
    int port;

    @Test
    void ofManyRequestsAtOnceAsManyAreAcceptedAsAreAllowed() {
        List<Answer> answers = IntStream.range(0, 4 * MOST_OPEN)
                .parallel()
                .mapToObj(i -> api().post("/clips", request(ClipClient.newId())))
                .toList();

        List<String> accepted = answers.stream()
                .filter(answer -> answer.status() == 202)
                .map(answer -> answer.body().path("jobId").asText())
                .toList();
        assertThat(accepted).hasSize(MOST_OPEN);
        assertThat(answers).extracting(Answer::status).containsOnly(202, 429);
        assertThat(open()).isEqualTo(MOST_OPEN);

        accepted.forEach(id -> api().delete("/jobs/" + id));

        assertThat(open()).isZero();
    }

    @Test
    void aJobThatIsCancelledTwiceOrRequestedTwiceIsCountedOnce() {
        String request = request(ClipClient.newId());
        String job = api().post("/clips", request).header("Location");
        api().post("/clips", request);
        assertThat(open()).isEqualTo(1);

        api().delete(job);
        api().delete(job);
        assertThat(open()).isZero();

        api().post(job + "/retry", "");
        assertThat(open()).isEqualTo(1);
        api().delete(job);
        assertThat(open()).isZero();
    }

    @Test
    void aWrongNumberIsCorrected() {
        String job = api().post("/clips", request(ClipClient.newId())).header("Location");
        set(MOST_OPEN);
        assertThat(api().post("/clips", request(ClipClient.newId())).status()).isEqualTo(429);

        lookAtAll();

        assertThat(open()).isEqualTo(1);
        api().delete(job);
        assertThat(open()).isZero();
    }

    /** More than once, since other tests have clients too. */
    private void lookAtAll() {
        IntStream.range(0, 20).forEach(look -> repair.look());
    }

    private String request(String clipId) {
        return ClipClient.request(clipId, now.minusSeconds(2), now.plusSeconds(600))
                .toString();
    }

    private int open() {
        return Integer.parseInt(LocalCloud.shared()
                .dynamoDb()
                .getItem(r -> r.tableName(table()).key(ClientCount.key(caller)).consistentRead(true))
                .item()
                .get(ClientCount.COUNT)
                .n());
    }

    private void set(int number) {
        LocalCloud.shared().dynamoDb().updateItem(r -> r.tableName(table())
                .key(ClientCount.key(caller))
                .updateExpression("SET #count = :number")
                .expressionAttributeNames(Map.of("#count", ClientCount.COUNT))
                .expressionAttributeValues(Map.of(":number", AttributeValue.fromN(Integer.toString(number)))));
    }

    private static String table() {
        return LocalCloud.shared().resources().jobsTable();
    }

    private ApiClient api() {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token(caller));
    }
}
