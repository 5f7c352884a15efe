package routes.clip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalServices;
import routes.support.PastFootage;

/** The title of a clip is shown with its job, and nowhere else. */
@FlowTest
class ClipTitleFlowTest {
    private static final String HOSTILE =
            "<img src=x onerror=alert(1)> \"'&%s ${sys.user.home} ../ \u202e \ud83d\ude80";

    private final ClipClient client = LocalServices.client();
    private final String clipId = ClipClient.newId();
    private final Instant start = PastFootage.shared().start();

    @LocalServerPort
    int port;

    @Test
    void anyTitleIsShownAsItIsAndPublishedNowhere() {
        Answer accepted = post(request().put("title", HOSTILE));

        assertThat(accepted.status()).as(accepted.response().body()).isEqualTo(202);
        assertThat(accepted.body().path("title").asText()).isEqualTo(HOSTILE);
        client.awaitStatus(clipId, "DONE");
        JsonNode job = api().get("/jobs/" + clipId).body();
        assertThat(job.path("title").asText()).isEqualTo(HOSTILE);
        assertThat(job.path("request").has("title")).isFalse();
        assertThat(client.heardOf(clipId).toString()).doesNotContain("onerror");
        assertThat(LocalServices.cameras().puts(clipId))
                .singleElement()
                .asString()
                .doesNotContain("onerror");
        assertThat(client.objects(clipId))
                .hasSize(5)
                .allMatch(key -> key.matches("[0-9]+/clip-[0-9a-f_-]+\\.(mp4|png)"));
        assertThat(client.job(clipId).get("request").s()).doesNotContain("onerror");
        assertThat(client.job(clipId).get("event").s()).doesNotContain("onerror");
    }

    @Test
    void aRepeatedRequestIsTheSameJobAndKeepsItsFirstTitle() {
        post(request().put("title", "first"));

        Answer repeated = post(request().put("title", "second"));

        assertThat(repeated.status()).isEqualTo(202);
        assertThat(repeated.body().path("title").asText()).isEqualTo("first");
    }

    @Test
    void aRequestWithAKeyIsTheSameWithAnotherTitle() {
        ObjectNode request = request();
        request.remove("clipId");
        String key = ClipClient.newId();

        Answer first = api().post("/clips", request.put("title", "a").toString(), "Idempotency-Key", key);
        Answer second = api().post("/clips", request.put("title", "b").toString(), "Idempotency-Key", key);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.body().path("jobId")).isEqualTo(first.body().path("jobId"));
        assertThat(second.body().path("title").asText()).isEqualTo("a");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"two\nlines", "a\u0000b", "\u007f"})
    void aTitleWithControlCharactersIsRefused(String title) {
        Answer refused = post(request().put("title", title));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).containsExactly("title");
    }

    @Test
    void aTitleHasAtMostTwoHundredCharacters() {
        Answer refused = post(request().put("title", "x".repeat(201)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).containsExactly("title");

        String longest = "\ud83d\ude80".repeat(200);
        Answer accepted = post(request().put("title", longest));
        assertThat(accepted.status()).as(accepted.response().body()).isEqualTo(202);
        assertThat(accepted.body().path("title").asText()).isEqualTo(longest);
    }

    @Test
    void halfACharacterIsNoTitle() {
        String body = request().toString().replaceFirst("\\{", "{\"title\":\"half \\\\ud83d\",");

        Answer accepted = api().post("/clips", body);

        assertThat(accepted.status()).as(accepted.response().body()).isEqualTo(202);
        assertThat(accepted.body().has("title")).isFalse();
    }

    @Test
    void aMessageOfTheQueueMayHaveATitleAndABadOneIsIgnored() {
        String other = ClipClient.newId();
        client.send(request().put("title", "from the queue").toString());
        client.send(ClipClient.request(other, start, start.plusMillis(400))
                .put("title", "two\nlines")
                .toString());
        client.awaitStatus(clipId, "DONE");
        client.awaitStatus(other, "DONE");

        assertThat(api().get("/jobs/" + clipId).body().path("title").asText()).isEqualTo("from the queue");
        assertThat(api().get("/jobs/" + other).body().has("title")).isFalse();
    }

    private ObjectNode request() {
        return ClipClient.request(clipId, start, start.plusMillis(400));
    }

    private Answer post(ObjectNode request) {
        return api().post("/clips", request.toString());
    }

    private ApiClient api() {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token("titles"));
    }
}
