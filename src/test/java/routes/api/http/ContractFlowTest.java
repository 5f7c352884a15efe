package routes.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
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

/** Invalid requests get a problem response that names each field, its value and the allowed values. */
@FlowTest
class ContractFlowTest {
    private final Instant hourAgo = Instant.now().minus(Duration.ofHours(1));

    @LocalServerPort
    int port;

    private ApiClient api;

    @BeforeEach
    void connect() {
        api = new ApiClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token("refused"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | cameraId endTimestampInMs startTimestampInMs",
                "{\"cameraId\":\"c\",\"startTimestampInMs\":1,\"endTimestampInMs\":2,\"foo\":1,\"bar\":{}} | bar foo",
                "{\"cameraId\":\"../c\",\"startTimestampInMs\":\"1\",\"endTimestampInMs\":2.5} | cameraId endTimestampInMs startTimestampInMs",
                "{\"cameraId\":\"c\",\"startTimestampInMs\":null,\"endTimestampInMs\":-1} | endTimestampInMs startTimestampInMs",
                "{\"cameraId\":\"c\",\"clipId\":\"a/b\",\"startTimestampInMs\":1,\"endTimestampInMs\":1e30} | clipId endTimestampInMs",
                "{\"cameraId\":\"c\",\"startTimestampInMs\":1,\"endTimestampInMs\":2,\"retryTimestamps\":[\"x\"]} | retryTimestamps/0",
                "{\"cameraId\":\"c\",\"clipId\":\"events\",\"startTimestampInMs\":1,\"endTimestampInMs\":2} | clipId",
            })
    void everyFieldThatIsWrongIsNamed(String body, String fields) {
        Answer answer = api.post("/clips", body);

        assertProblem(answer, 400);
        assertThat(answer.wrongFields()).containsExactlyInAnyOrder(fields.split(" "));
        answer.body().path("errors").forEach(error -> assertThat(
                        error.path("message").asText())
                .startsWith("it must be ")
                .hasSizeGreaterThan("it must be ".length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "\uFEFF{}"})
    void aRetryMayHaveAnEmptyObject(String body) {
        assertThat(api.post("/jobs/none/retry", body).status()).isEqualTo(404);
        assertThat(api.send("/jobs/none/retry", request -> request.POST(BodyPublishers.ofString(body)))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aRetryTakesNoFields() {
        Answer answer = api.post("/jobs/none/retry", "{\"force\":true}");

        assertProblem(answer, 400);
        assertThat(answer.wrongFields()).containsExactly("force");
    }

    @Test
    void aByteOrderMarkIsIgnored() {
        assertThat(api.post("/clips", "\uFEFF{}").wrongFields()).contains("cameraId");
        assertThat(api.post("/submit-job", "\uFEFF{\"clipId\":\"a/b\"}")
                        .body()
                        .path("detail")
                        .asText())
                .startsWith("clipId is \"a/b\": it must be ");
    }

    /** The value is shortened to what a line of a log can show. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "99999999999999999999",
                "-1",
                "1.5",
                "1e-400",
                "12345678901234567890123456789012345678901234567890"
            })
    void aNumberThatIsNoTimeIsNamed(String number) {
        for (String path : List.of("/clips", "/submit-job")) {
            Answer answer = api.post(
                    path,
                    "{\"clipId\":\"c\",\"cameraId\":\"c\",\"startTimestampInMs\":" + number
                            + ",\"endTimestampInMs\":2}");

            assertProblem(answer, 400);
            assertThat(answer.body().path("detail").asText()).startsWith("startTimestampInMs is ");
        }
    }

    @Test
    void aNumberThatIsTooLongToReadIsNamed() {
        Answer answer = api.post("/clips", "{\"cameraId\":\"c\",\"startTimestampInMs\":" + "1".repeat(2000) + "}");

        assertProblem(answer, 400);
        assertThat(answer.body().path("detail").asText()).contains("startTimestampInMs");
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource({
        "/jobs, limit, 100000",
        "/jobs, status, nope",
        "/jobs, type, nope",
        "/jobs, next, nope",
        "/jobs, jobId, none",
        "/cameras, resolution, abc"
    })
    void aHeaderIsNoParameter(String path, String header, String value) {
        Answer plain = api.get(path);
        Answer answer = api.send(path, request -> request.GET().header(header, value));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().size()).isEqualTo(plain.body().size());
        assertThat(answer.body().path("jobs").size())
                .isEqualTo(plain.body().path("jobs").size());
    }

    @Test
    void aPartOfThePathThatIsWrongIsNamedWithItsValue() {
        assertThat(api.get("/streams/a%20b/snapshot.jpg").body().path("detail").asText())
                .startsWith("stream is a%20b: it must be ");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"application/json", "application/problem+json", "text/html, */*;q=0.8", "*/*", "nonsense"})
    void everyAcceptHeaderGetsAnAnswer(String accept) {
        Answer list = api.send("/jobs", request -> request.GET().header("Accept", accept));
        Answer missing = api.send("/jobs/no-such-job", request -> request.GET().header("Accept", accept));

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.contentType()).isEqualTo("application/json");
        assertProblem(missing, 404);
    }

    @Test
    void anInvalidFieldIsNamedWithItsValueAndTheAllowedOnes() {
        Answer answer = api.post("/clips", "{\"cameraId\":\"../c\",\"startTimestampInMs\":1,\"endTimestampInMs\":2}");

        assertThat(answer.body().path("detail").asText())
                .isEqualTo("cameraId is \"../c\": it must be 1 to 128 letters, digits, '.', '_' or '-', "
                        + "not beginning with '-' or '.', without '..'");
        assertThat(answer.body().at("/errors/0/value").asText()).isEqualTo("\"../c\"");
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | the body is not JSON",
                "{'cameraId':'c'} | the body is not JSON",
                "{\"cameraId\":\"c\"} x | the body is not JSON",
                "{\"cameraId\":\"c\",\"cameraId\":\"d\"} | the body is not JSON",
                "[] | body is []: it must be a JSON object",
                "`` | body is missing: it must be a JSON object",
            })
    void aBodyThatIsNoRequestIsReported(String body, String detail) {
        Answer answer = api.post("/clips", body);

        assertProblem(answer, 400);
        assertThat(answer.body().path("detail").asText()).startsWith(detail);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "/jobs?limit=0, limit",
        "/jobs?limit=101, limit",
        "/jobs?limit=1&limit=2, limit",
        "/jobs?status=done, status",
        "/jobs?cameraId=.., cameraId",
        "/jobs?next=bm9uc2Vuc2U, next",
        "/jobs?inputfile=x, inputfile",
        "/jobs/a..b, jobId",
        "/jobs/-x, jobId",
        "/job-status/a..b, jobId",
        "/cameras/1/coverage, start end",
        "/cameras/1/coverage?start=2026-11-20&end=2026-11-20T00:00:00Z, start",
        "/cameras/.x/coverage?start=2026-11-20T00:00:00Z&end=2026-11-20T00:00:01Z, cameraId",
    })
    void everyParameterThatIsWrongIsNamed(String path, String names) {
        Answer answer = api.get(path);

        assertProblem(answer, 400);
        assertThat(answer.wrongFields()).containsExactlyInAnyOrder(names.split(" "));
    }

    @Test
    void anIntervalThatCannotBeFulfilledIsRefused() {
        ObjectNode reversed = submission(hourAgo, hourAgo.minusSeconds(1));
        ObjectNode tooLong = submission(hourAgo.minusSeconds(7201), hourAgo);
        ObjectNode future = submission(hourAgo, Instant.now().plusSeconds(1000));

        for (ObjectNode submission : List.of(reversed, tooLong, future)) {
            Answer answer = api.post("/clips", submission.toString());
            assertProblem(answer, 422);
            assertThat(answer.wrongFields()).containsExactly("endTimestampInMs");
            assertThat(LocalServices.client()
                            .jobStatus(submission.path("clipId").asText()))
                    .isEqualTo("none");
        }
    }

    @Test
    void aBodyOverSixtyFourKilobytesIsRejectedWithAndWithoutContentLength() {
        String large = " ".repeat(64 * 1024) + submission(hourAgo, hourAgo.plusSeconds(1));

        assertProblem(api.post("/clips", large), 413);
        byte[] bytes = large.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Answer chunked = api.send("/clips", request -> request.POST(
                        BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes)))
                .setHeader("Content-Type", "application/json"));
        assertProblem(chunked, 413);
    }

    @Test
    void aBodyWithoutContentLengthIsAccepted() {
        byte[] bytes = submission(hourAgo, hourAgo.minusSeconds(1))
                .toString()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);

        Answer chunked = api.send("/clips", request -> request.POST(
                        BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes)))
                .setHeader("Content-Type", "application/json"));

        assertProblem(chunked, 422);
    }

    @Test
    void anotherMediaTypeIsRefused() {
        assertProblem(api.post("/clips", "<clip/>", "Content-Type", "application/xml"), 415);
    }

    @Test
    void anUnknownPathAndAnUnknownMethodAreProblemsToo() {
        assertProblem(api.get("/nothing"), 404);
        assertProblem(api.delete("/clips"), 405);
        assertProblem(api.send("/jobs/x", request -> request.method("PATCH", BodyPublishers.noBody())), 405);
    }

    @Test
    void theAnswerRepeatsNothingOfTheRequest() {
        Answer answer = api.send(
                "/jobs", request -> request.GET().setHeader("X-Secret", "s").setHeader("CamelHttpResponseCode", "299"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).matches("authorization|x-secret|camel.*"));
    }

    @Test
    void theContractAndItsPageNeedNoToken() {
        ApiClient anybody = new ApiClient(URI.create("http://127.0.0.1:" + port), null);

        Answer contract = anybody.get("/openapi.yaml");
        assertThat(contract.status()).isEqualTo(200);
        assertThat(contract.contentType()).startsWith("application/yaml");
        assertThat(contract.response().body()).startsWith("openapi: 3.0.3").contains("operationId: createClip");
        assertThat(anybody.get("/docs").header("Location")).endsWith("/docs/index.html");
        assertThat(anybody.get("/docs/index.html").response().body())
                .contains("docs.js")
                .doesNotContainPattern("https?://");
        assertThat(anybody.get("/docs/docs.js").response().body()).contains("/openapi.yaml");
        assertThat(anybody.get("/webjars/swagger-ui/swagger-ui-bundle.js").status())
                .isEqualTo(200);
    }

    private static ObjectNode submission(Instant start, Instant end) {
        return ClipClient.request(ClipClient.newId(), start, end).put("cameraId", CameraApi.CAMERA_ID);
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body().path("title").asText()).isNotEmpty();
    }
}
