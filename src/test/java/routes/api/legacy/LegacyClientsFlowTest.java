package routes.api.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalServices;
import routes.support.PastFootage;

/** The request and response formats of the previous system, as its clients send and read them. */
@FlowTest
class LegacyClientsFlowTest {
    private final ClipClient client = LocalServices.client();
    private final String clipId = ClipClient.newId();

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"clipId\":\"ID\",\"retryTimestamps\":[],\"cameraId\":\"CAMERA\",\"startTimestampInMs\":START,\"endTimestampInMs\":END}",
                "{'clipId':'ID','cameraId':'CAMERA','startTimestampInMs':'START','endTimestampInMs':'END'}",
                "{'Records':[{'messageId':'m','body':'{\\'clipId\\':\\'ID\\',\\'cameraId\\':\\'CAMERA\\',\\'startTimestampInMs\\':START,\\'endTimestampInMs\\':END}'}]}",
            })
    void aJobIsSubmittedInAnyFormAndFollowedToItsClip(String form) {
        Instant start = PastFootage.shared().start().plusSeconds(1);
        String body = form.replace("ID", clipId)
                .replace("CAMERA", CameraApi.CAMERA_ID)
                .replace("START", Long.toString(start.toEpochMilli()))
                .replace("END", Long.toString(start.plusSeconds(1).toEpochMilli()));

        Answer submitted = api().post("/submit-job", body, "Content-Type", "text/plain");

        assertThat(submitted.status()).as(submitted.response().body()).isEqualTo(200);
        assertThat(submitted.body()).isEqualTo(json("{'MessageId':'ID','jobId':'ID'}"));
        client.awaitStatus(clipId, "DONE");
        Answer status = api().get("/job-status/" + clipId);
        assertThat(status.status()).isEqualTo(200);
        assertThat(status.body().properties())
                .extracting(field -> field.getKey())
                .containsExactly("jobStatus", "jobId", "jobRequestId", "jobProcessedPayloadLink");
        assertThat(status.body().path("jobStatus").asText()).isEqualTo("complete");
        assertThat(status.body().path("jobRequestId").asText()).isEqualTo(clipId);
        assertThat(firstBytes(status.body().path("jobProcessedPayloadLink").asText()))
                .containsSequence('f', 't', 'y', 'p');
    }

    /** The last one is what curl sends with {@code -d}. */
    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/json", "nonsense", "application/x-www-form-urlencoded"})
    void theAnswerOfTheQueueIsXmlWithAUuidWhateverTheContentType(String type) {
        String body = "{'cameraId':'CAMERA','startTimestampInMs':START,'endTimestampInMs':END}"
                .replace("CAMERA", CameraApi.CAMERA_ID)
                .replace("START", Long.toString(1000))
                .replace("END", Long.toString(2000));

        Answer submitted = api().send("/submit-job-request", request -> {
            request.POST(BodyPublishers.ofString(body));
            if (!type.isEmpty()) {
                request.header("Content-Type", type);
            }
        });

        assertThat(submitted.status()).as(submitted.response().body()).isEqualTo(200);
        assertThat(submitted.contentType()).startsWith("text/xml");
        String answer = submitted.response().body();
        assertThat(answer).startsWith("<SendMessageResponse><SendMessageResult><MessageId>");
        int at = answer.indexOf("<MessageId>") + "<MessageId>".length();
        String jobId = answer.substring(at, at + 36);
        assertThat(answer.substring(at + 36)).startsWith("</MessageId>");
        assertThat(UUID.fromString(jobId)).hasToString(jobId);
        assertThat(api().get("/job-status/" + jobId).status()).isEqualTo(200);
    }

    @Test
    void theAnswerOfTheQueueIsJsonIfAcceptNamesIt() {
        Answer submitted = api().post(
                        "/submit-job-request",
                        ClipClient.request(clipId, Instant.ofEpochSecond(1), Instant.ofEpochSecond(2))
                                .toString(),
                        "Accept",
                        "application/json");

        assertThat(submitted.body()).isEqualTo(json("{'MessageId':'ID','jobId':'ID'}"));
    }

    @Test
    void aJobThatWaitsIsPendingAndOneThatEndsWithoutAClipIsFailed() {
        Instant now = Instant.now();
        submit(now.minusSeconds(2), now.plusSeconds(600));
        client.awaitStatus(clipId, "WAITING");
        assertThat(status()).isIn("Pending", "Processing");

        api().delete("/jobs/" + clipId);
        assertThat(status()).isEqualTo("failed");
        assertThat(api().get("/job-status/" + clipId).body().has("jobProcessedPayloadLink"))
                .isFalse();
    }

    @Test
    void aRequestThatIsTooLongGetsAJobThatSaysSoAsItDoesOverTheQueue() {
        Instant past = Instant.now().minus(Duration.ofDays(1));

        submit(past, past.plusSeconds(7201));

        assertThat(client.heardOf(clipId).path("status").asText()).isEqualTo("CLIP_TOO_LONG");
        client.awaitStatus(clipId, "FAILED");
        assertThat(status()).isEqualTo("failed");
    }

    @Test
    void anUnknownJobIsAnsweredInTheLegacyForm() {
        Answer unknown = api().get("/job-status/never-heard-of");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.contentType()).isEqualTo("application/problem+json");
        assertThat(unknown.body().path("Error Message").asText())
                .isEqualTo("No Job data found for Job Id : never-heard-of");
        assertThat(api().get("/jobs/never-heard-of").body().has("Error Message"))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'clipId':'a/b','cameraId':'c','startTimestampInMs':1,'endTimestampInMs':2} | 400 | clipId",
                "{'clipId':'a','cameraId':'c','startTimestampInMs':1} | 400 | endTimestampInMs",
                "{'clipId':'a','cameraId':'c','startTimestampInMs':2,'endTimestampInMs':1} | 422 | endTimestampInMs",
                "{'Records':[{'body':'{}'},{'body':'{}'}]} | 400 | Records",
                "nonsense | 400 | ``",
            })
    void anUnreadableRequestIsRefused(String body, int status, String field) {
        Answer refused = api().post("/submit-job", body);

        assertThat(refused.status()).as(refused.response().body()).isEqualTo(status);
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        assertThat(String.join(" ", refused.wrongFields())).isEqualTo(field);
    }

    private void submit(Instant start, Instant end) {
        assertThat(api().post(
                                "/submit-job",
                                ClipClient.request(clipId, start, end).toString())
                        .status())
                .isEqualTo(200);
    }

    private String status() {
        return api().get("/job-status/" + clipId).body().path("jobStatus").asText();
    }

    private static byte[] firstBytes(String url) {
        try (var in = URI.create(url).toURL().openStream()) {
            return in.readNBytes(12);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode json(String singleQuoted) {
        return ClipClient.json(
                singleQuoted.replace('\'', '"').replace("ID\"}", "ID\"}").replace(":\"ID\"", ":\"" + clipId + "\""));
    }

    private ApiClient api() {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token("earlier"));
    }
}
