package routes.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.KinesisVideoServer;
import routes.support.LocalCloud;
import routes.support.LocalServices;
import routes.support.PictureClient;

/** The newest frame of live streams, read off the pictures. */
@FlowTest
class LiveSnapshotFlowTest {
    private static final Duration FRAME = Duration.ofMillis(40);

    private final KinesisVideoServer streams = LocalCloud.shared().kinesisVideo();
    private final ClipClient table = LocalServices.client();

    @LocalServerPort
    int port;

    @Autowired
    MeterRegistry meters;

    private ApiClient api;
    private PictureClient pictures;

    @BeforeEach
    void connect() {
        URI base = URI.create("http://127.0.0.1:" + port);
        String token = LocalServices.tokens().token("viewer");
        api = new ApiClient(base, token);
        pictures = new PictureClient(base, token);
    }

    private Answer post(String body) {
        return api.post("/snapshots", body);
    }

    /** @return processes started by the service so far */
    private long processes() {
        return meters.get("camel.message.history")
                .tag("nodeId", "ffmpeg")
                .timer()
                .count();
    }

    /** @return the number of the frame that is shown at an instant */
    private long frameAt(Instant instant) {
        return Duration.between(streams.epoch(), instant).dividedBy(FRAME);
    }

    @Test
    void theNewestFrameIsStoredAndItsJobIsWrittenOnce() {
        Answer answer = post("{\"stream\":\"sample\"}");

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        JsonNode snapshot = answer.body();
        Instant frameAt = Instant.parse(snapshot.get("frameAt").asText());
        byte[] picture = PictureClient.download(snapshot.get("url").asText());
        assertThat(PictureClient.frame(picture)).isEqualTo(frameAt(frameAt));
        // the last frame of a fragment of 2 s that has just ended
        assertThat(frameAt(frameAt) % 50).isEqualTo(49);
        assertThat(snapshot.get("ageMs").asLong()).isBetween(0L, 10_000L);
        assertThat(snapshot.get("bytes").asLong()).isEqualTo(picture.length);
        assertThat(List.of(snapshot.get("width").asInt(), snapshot.get("height").asInt()))
                .containsExactly(640, 360);
        assertThat(snapshot.at("/source/stream").asText()).isEqualTo("sample");
        assertThat(snapshot.at("/source/fragment").asText()).matches("\\d{40,50}");
        String id = snapshot.get("jobId").asText();
        assertThat(snapshot.get("key").asText()).matches("snapshots/sample/\\d{8}T\\d{9}Z-" + id + "\\.jpg");
        assertThat(Instant.parse(snapshot.get("expiresAt").asText()))
                .isBetween(Instant.now().plusSeconds(560), Instant.now().plusSeconds(601));

        assertThat(answer.header("Location")).isEqualTo("/jobs/" + id);
        JsonNode job = api.get("/jobs/" + id).body();
        assertThat(job.get("status").asText()).isEqualTo("DONE");
        assertThat(job.get("outcome").asText()).isEqualTo("SNAPSHOT_AVAILABLE");
        assertThat(job.at("/request/stream").asText()).isEqualTo("sample");
        assertThat(job.at("/result/frameAt")).isEqualTo(snapshot.get("frameAt"));
        assertThat(PictureClient.download(job.at("/result/url").asText())).isEqualTo(picture);
        assertThat(table.job(id)).doesNotContainKeys("open", "dueAt", "owner");
        assertThat(api.get("/jobs?subject=sample&type=snapshot").body().findValuesAsText("jobId"))
                .contains(id);
        assertThat(api.post("/jobs/" + id + "/retry", "").status()).isEqualTo(409);
    }

    @Test
    void aPictureIsAnsweredWithoutJobAndObject() {
        HttpResponse<byte[]> answer = pictures.get("/streams/sample/snapshot.jpg?width=320&quality=60");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo("image/jpeg");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("private, max-age=1");
        assertThat(header(answer, "X-Frame-Time")).matches("\\d{10}\\.\\d{3}");
        Instant frameAt = Instant.ofEpochMilli(
                Long.parseLong(header(answer, "X-Frame-Time").replace(".", "")));
        assertThat(PictureClient.frame(answer.body())).isEqualTo(frameAt(frameAt));
        assertThat(header(answer, "Last-Modified")).endsWith(" GMT");
        assertThat(Jpeg.of(answer.body()).size()).isEqualTo("320x180");
        assertThat(Jpeg.of(answer.body()).quality()).isBetween(57, 63);
    }

    @Test
    void aPictureThatTheClientHasCostsNoMedia() {
        // its only fragment stays the newest
        String stream = stale();
        String path = "/streams/" + stream + "/snapshot.jpg?maxAge=3600";
        HttpResponse<byte[]> first = pictures.get(path);
        assertThat(first.statusCode()).isEqualTo(200);
        // not shared with the first one
        await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
        int calls = streams.calls(stream).size();

        HttpResponse<byte[]> again = pictures.get(path, "If-None-Match", header(first, "ETag"));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(header(first, "ETag"));
        assertThat(streams.calls(stream).subList(calls, streams.calls(stream).size()))
                .containsOnly("listFragments");
        assertThat(pictures.get(path + "&width=100", "If-None-Match", header(first, "ETag"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSnapshotCostsOneListOneClipAndOneProcess() {
        pictures.get("/streams/hevc/snapshot.jpg");
        int calls = streams.calls("hevc").size();
        long processes = processes();

        HttpResponse<byte[]> answer = pictures.get("/streams/hevc/snapshot.jpg?width=600");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(streams.calls("hevc").subList(calls, streams.calls("hevc").size()))
                .containsExactly("listFragments", "getClip");
        assertThat(processes() - processes).isEqualTo(1);
        assertThat(PictureClient.frame(answer.body()) % 50).isEqualTo(49);
    }

    @Test
    void aFragmentOfTwentySecondsShowsItsLastFrame() {
        HttpResponse<byte[]> answer = pictures.get("/streams/long/snapshot.jpg");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(PictureClient.frame(answer.body()) % 500).isEqualTo(499);
    }

    @Test
    void anOldStreamIsShownOnlyToThoseWhoAllowIt() {
        HttpResponse<byte[]> refused = pictures.get("/streams/stale/snapshot.jpg");
        HttpResponse<byte[]> shown = pictures.get("/streams/stale/snapshot.jpg?maxAge=3600");

        assertThat(refused.statusCode()).isEqualTo(404);
        JsonNode problem = ClipClient.json(new String(refused.body(), StandardCharsets.UTF_8));
        assertThat(Instant.parse(problem.get("newestAt").asText()))
                .isEqualTo(streams.epoch().plusSeconds(2400));
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(PictureClient.frame(shown.body())).isEqualTo(2400 * 25 - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "unknown-stream, 404, there is no stream unknown-stream",
        "empty, 404, the stream empty has no frame of the last 30 s",
        "refused, 502, the service has no permission for the stream or the storage",
        "throttled, 429, Kinesis Video throttles the requests"
    })
    void eachFailureHasItsAnswerAndItsJob(String stream, int status, String detail) {
        Answer answer = post("{\"stream\":\"" + stream + "\"}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().get("detail").asText()).isEqualTo(detail);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        if (status == 429) {
            assertThat(answer.retryAfter()).hasValue(2);
        }
        ensureNoSecrets(answer);
        JsonNode job = api.get("/jobs?subject=" + stream).body().at("/jobs/0");
        assertThat(job.get("status").asText()).isEqualTo("FAILED");
        assertThat(job.at("/error/message").asText()).isEqualTo(detail);
        assertThat(job.at("/error/code").asText())
                .isEqualTo(status == 404 ? "SNAPSHOT_NOT_AVAILABLE" : "SNAPSHOT_FAILED");
        assertThat(job.at("/links/retry").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NoDataRetentionException",
                "UnsupportedStreamMediaTypeException",
                "MissingCodecPrivateDataException",
                "InvalidCodecPrivateDataException",
                "InvalidMediaFrameException"
            })
    void aStreamThatCannotBeUsedGets422(String code) {
        streams.fail(code, 400, code);

        Answer answer = api.get("/streams/" + code + "/snapshot.jpg");

        assertThat(answer.status()).isEqualTo(422);
        ensureNoSecrets(answer);
    }

    @Test
    void anErrorOfKinesisVideoGets503() {
        streams.fail("broken", 500, "InternalFailure");

        Answer answer = api.get("/streams/broken/snapshot.jpg");

        assertThat(answer.status()).isEqualTo(503);
        ensureNoSecrets(answer);
    }

    @Test
    void aThrottledCallIsRepeatedOnce() {
        streams.failNext(400, "ClientLimitExceededException");

        assertThat(pictures.get("/streams/sample/snapshot.jpg?width=200").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"400, ClientLimitExceededException", "400, ThrottlingException", "429, TooManyRequestsException"})
    void aThrottledStreamIsCalledTwiceOnly(int status, String code) {
        String stream = stale();
        assertThat(pictures.get("/streams/" + stream + "/snapshot.jpg?maxAge=3600")
                        .statusCode())
                .isEqualTo(200);
        streams.fail(stream, status, code);
        int calls = streams.calls(stream).size();
        Instant start = Instant.now();

        Answer answer = api.get("/streams/" + stream + "/snapshot.jpg?maxAge=3599");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.retryAfter()).hasValue(2);
        assertThat(streams.calls(stream).subList(calls, streams.calls(stream).size()))
                .containsExactly("listFragments", "listFragments");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aServiceThatDoesNotAnswerGets503() {
        String stream = stale();
        streams.disconnect(stream);

        Answer answer = api.get("/streams/" + stream + "/snapshot.jpg?maxAge=3600");

        assertThat(answer.status()).isEqualTo(503);
        ensureNoSecrets(answer);
    }

    @Test
    void aMissingPermissionGets502() {
        streams.fail("forbidden", 403, "AccessDeniedException");

        Answer answer = api.get("/streams/forbidden/snapshot.jpg");

        assertThat(answer.status()).isEqualTo(502);
        ensureNoSecrets(answer);
    }

    @ParameterizedTest
    @CsvSource({"401, NotAuthorizedException", "403, AccessDeniedException", "404, ResourceNotFoundException"})
    void anEndpointIsAskedForOnceMoreAfterItsRefusal(int status, String code) {
        String stream = stale();
        String path = "/streams/" + stream + "/snapshot.jpg?maxAge=3600";
        assertThat(pictures.get(path).statusCode()).isEqualTo(200);
        int calls = streams.calls(stream).size();
        streams.failNextData(stream, status, code);

        assertThat(pictures.get(path + "&width=100").statusCode()).isEqualTo(200);

        assertThat(streams.calls(stream).subList(calls, streams.calls(stream).size()))
                .startsWith("listFragments", "getDataEndpoint", "listFragments")
                .endsWith("getClip")
                .containsOnlyOnce("getDataEndpoint", "getClip");
    }

    @Test
    void aClipThatIsLargerThanListedIsRefused(@TempDir Path folder) throws Exception {
        Path clip = folder.resolve("large.mp4");
        try (RandomAccessFile file = new RandomAccessFile(clip.toFile(), "rw")) {
            file.setLength(120_000_000);
        }
        streams.put("large-clip", clip, Instant.now().minusSeconds(5), Duration.ofSeconds(2));

        Answer answer = post("{\"stream\":\"large-clip\"}");

        ensureTooLarge(answer);
        assertThat(api.get("/jobs?subject=large-clip")
                        .body()
                        .at("/jobs/0/status")
                        .asText())
                .isEqualTo("FAILED");
    }

    @Test
    void aFragmentThatIsListedAsTooLargeOrTooLongIsNotFetched(@TempDir Path folder) throws Exception {
        Path clip = Files.write(folder.resolve("clip.mp4"), new byte[100]);
        streams.put("large-fragment", clip, Instant.now().minusSeconds(5), Duration.ofSeconds(2), 100_000_001);
        streams.put("long-fragment", clip, Instant.now().minusSeconds(33), Duration.ofSeconds(31));

        ensureTooLarge(api.get("/streams/large-fragment/snapshot.jpg"));
        ensureTooLarge(api.get("/streams/long-fragment/snapshot.jpg"));
        assertThat(streams.calls("large-fragment")).doesNotContain("getClip");
        assertThat(streams.calls("long-fragment")).doesNotContain("getClip");
    }

    private void ensureTooLarge(Answer answer) {
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().get("detail").asText())
                .isEqualTo("the newest fragment of the stream is larger than 100 MB or longer than 30 s");
        ensureNoSecrets(answer);
    }

    @Test
    void anEndpointThatMovedIsAskedForAgain() throws Exception {
        assertThat(pictures.get("/streams/sample/snapshot.jpg?width=201").statusCode())
                .isEqualTo(200);
        streams.moveData();

        assertThat(pictures.get("/streams/sample/snapshot.jpg?width=202").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                  | body",
                "''                                                  | body",
                "{}                                                  | stream",
                "{\"stream\":\"a\",\"cameraId\":\"b\"}               | stream",
                "{\"stream\":\"a b\"}                                | stream",
                "{\"stream\":\"..\"}                                 | stream",
                "{\"stream\":\".\"}                                  | stream",
                "{\"stream\":\"a\",\"at\":\"2026-11-20T18:00:00Z\"}  | at",
                "{\"cameraId\":\"a\",\"at\":\"2026-11-20T18:00:00+01:00\"} | at",
                "{\"cameraId\":\"a\",\"at\":\"2016-11-20T18:00:00Z\"} | at",
                "{\"cameraId\":\"a\",\"at\":\"2096-11-20T18:00:00Z\"} | at",
                "{\"cameraId\":\"a\",\"maxAge\":5}                   | maxAge",
                "{\"stream\":\"a\",\"tolerance\":5}                  | tolerance",
                "{\"stream\":\"a\",\"width\":15}                     | width",
                "{\"stream\":\"a\",\"width\":7681}                   | width",
                "{\"stream\":\"a\",\"quality\":0}                    | quality",
                "{\"stream\":\"a\",\"quality\":101}                  | quality",
                "{\"stream\":\"a\",\"maxAge\":0}                     | maxAge",
                "{\"cameraId\":\"a\",\"tolerance\":61}               | tolerance",
                "{\"stream\":\"a\",\"colour\":1}                     | colour"
            })
    void aWrongValueIsNamed(String body, String field) {
        Answer answer = post(body);

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(422);
        assertThat(answer.wrongFields()).containsExactly(field);
        assertThat(answer.body().at("/errors/0/message").asText()).startsWith("it must be ");
    }

    @Test
    void aWrongParameterIsNamed() {
        Answer answer = api.get("/streams/sample/snapshot.jpg?width=8");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.wrongFields()).containsExactly("width");
        assertThat(post("{").status()).isEqualTo(400);
    }

    @Test
    void legacyClientsGetALinkOrAStatusInTheDocument() {
        Answer named = api.get("/kinesis-video-screenshot?stream_name=sample");
        Answer standard = api.get("/kinesis-video-screenshot");
        Answer missing = api.get("/kinesis-video-screenshot?stream_name=unknown-stream");
        Answer refused = api.get("/kinesis-video-screenshot?stream_name=refused");

        assertThat(named.status()).isEqualTo(200);
        assertThat(named.body().get("statusCode").asInt()).isEqualTo(200);
        assertThat(PictureClient.frame(
                                PictureClient.download(named.body().get("body").asText()))
                        % 50)
                .isEqualTo(49);
        assertThat(standard.body().get("body").asText()).contains("/snapshots/sample/");
        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.body().get("statusCode").asInt()).isEqualTo(502);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body().get("statusCode").asInt()).isEqualTo(404);
        assertThat(missing.body().get("detail").asText()).isEqualTo("there is no stream unknown-stream");
    }

    private String stale() {
        String stream = "stream-" + UUID.randomUUID();
        streams.putLike(stream, "stale");
        return stream;
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private void ensureNoSecrets(Answer answer) {
        assertThat(answer.response().body())
                .doesNotContain("arn:", "123456789012", "127.0.0.1", "http://", "amazonaws");
    }
}
