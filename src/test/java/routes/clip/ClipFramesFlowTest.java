package routes.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.DecodedClip;
import routes.support.FlowTest;
import routes.support.FrameReader;
import routes.support.LocalCloud;
import routes.support.LocalServices;
import routes.support.PastFootage;
import routes.support.PictureClient;
import routes.support.SimulatedRecording;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The times and instants of a clip's frames, compared with the clip as a player shows it. */
@FlowTest
class ClipFramesFlowTest {
    private static final double MICRO = 1e-6;

    private final LocalCloud cloud = LocalCloud.shared();
    private final ClipClient client = LocalServices.client();
    private final CameraApi cameras = LocalServices.cameras();
    private final PastFootage footage = PastFootage.shared();
    private final String clipId = ClipClient.newId();

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Test
    void everyFrameHasItsTimeInTheClipAndTheInstantOfItsRecording() {
        // from within the first recording to within the third, between two frames
        make(
                CameraApi.CAMERA_ID,
                footage.start().plusMillis(7_310),
                footage.start().plusMillis(23_130));
        String key = CameraApi.CAMERA_ID + "/" + clipId + ".mp4";

        Answer answer = frames();

        DecodedClip clip = clip(key);
        assertFramesOf(clip, answer.body());
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("private, max-age=3600");
        long object = cloud.s3()
                .headObject(r -> r.bucket(cloud.resources().clipsBucket()).key(key))
                .contentLength();
        List<Long> reads = cloud.readsFromS3(key);
        assertThat(reads.subList(0, reads.size() - 1))
                .as("reads, without the test's own")
                .hasSize(2);
        assertThat(reads.get(0) + reads.get(1)).as("bytes of tables").isLessThan(object / 10);
    }

    @Test
    void timeGoesOnInAGapAndAGapAtTheStartIsLeftOut() {
        cameras.addCamera(clipId, clipId);
        for (int i : List.of(0, 2)) {
            Instant start = footage.start().plusSeconds(10L * i);
            var recording = new SimulatedRecording(CameraApi.ALIAS, start, start.plusSeconds(10), 250L * i, 250);
            cameras.addRecording(clipId, start, start.plusSeconds(10), recording.fileName());
        }
        make(clipId, footage.start().minusSeconds(3), footage.start().plusMillis(21_000));

        JsonNode frames = frames().body();

        assertThat(instant(frames, 0)).isEqualTo(footage.start());
        assertFramesOf(clip(clipId + "/" + clipId + ".mp4"), frames);
    }

    @Test
    void aClipOfAnEarlierVersionHasTheInstantsOfItsIntervalAndGaps() {
        make(
                CameraApi.CAMERA_ID,
                footage.start().minusSeconds(2),
                footage.start().plusSeconds(1));
        ObjectNode result =
                (ObjectNode) ClipClient.json(client.job(clipId).get("result").s());
        assertThat(result.remove("anchors")).isNotNull();
        cloud.dynamoDb().updateItem(r -> r.tableName(cloud.resources().jobsTable())
                .key(Map.of("jobId", AttributeValue.fromS(clipId)))
                .updateExpression("SET #result = :result")
                .expressionAttributeNames(Map.of("#result", "result"))
                .expressionAttributeValues(Map.of(":result", AttributeValue.fromS(result.toString()))));

        assertThat(instant(frames().body(), 0)).isEqualTo(footage.start());
    }

    @Test
    void aClientThatHasTheFramesGetsNoneAgain() {
        make(CameraApi.CAMERA_ID, footage.start(), footage.start().plusMillis(400));
        Answer first = frames();
        assertThat(first.header("ETag")).matches("W/\"[0-9a-f-]{36}\"");
        int reads =
                cloud.readsFromS3(CameraApi.CAMERA_ID + "/" + clipId + ".mp4").size();

        Answer second = api().send("/jobs/" + clipId + "/frames", request -> request.GET()
                .setHeader("If-None-Match", first.header("ETag")));
        Answer strong = api().send("/jobs/" + clipId + "/frames", request -> request.GET()
                .setHeader("If-None-Match", first.header("ETag").substring(2)));
        Answer other = api().send("/jobs/" + clipId + "/frames", request -> request.GET()
                .setHeader("If-None-Match", "\"other\""));

        assertThat(second.status()).isEqualTo(304);
        assertThat(second.response().body()).isEmpty();
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(strong.status()).as("a tag of an earlier version").isEqualTo(304);
        assertThat(other.body()).isEqualTo(first.body());
        assertThat(cloud.readsFromS3(CameraApi.CAMERA_ID + "/" + clipId + ".mp4"))
                .hasSize(reads + 2);
    }

    @Test
    void framesAreCompressedOnRequest() throws IOException {
        make(CameraApi.CAMERA_ID, footage.start(), footage.start().plusSeconds(20));

        HttpResponse<byte[]> packed = new PictureClient(
                        base(), LocalServices.tokens().token("viewer"))
                .get("/jobs/" + clipId + "/frames", "Accept-Encoding", "gzip");

        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
        assertThat(packed.body().length).isLessThan(plain.length / 2);
        assertThat(ClipClient.json(new String(plain, StandardCharsets.UTF_8))).isEqualTo(frames().body());
    }

    @Test
    void thereAreNoFramesWithoutAClip() {
        assertThat(frames().status()).as("no job").isEqualTo(404);
        Instant past = Instant.now().minus(Duration.ofDays(2));
        client.send(ClipClient.request(clipId, past, past.plusSeconds(1)).toString());
        client.awaitStatus(clipId, "FAILED");

        Answer failed = frames();

        assertThat(failed.status()).isEqualTo(404);
        assertThat(failed.contentType()).isEqualTo("application/problem+json");
        assertThat(failed.body().path("detail").asText()).isEqualTo("job " + clipId + " has no clip");
    }

    @Test
    void aClipThatWasRemovedHasNoFrames() {
        make(CameraApi.CAMERA_ID, footage.start(), footage.start().plusMillis(400));
        cloud.s3().deleteObject(r -> r.bucket(cloud.resources().clipsBucket())
                .key(CameraApi.CAMERA_ID + "/" + clipId + ".mp4"));

        assertThat(frames().status()).isEqualTo(404);
    }

    private void assertFramesOf(DecodedClip clip, JsonNode frames) {
        assertThat(frames.path("jobId").asText()).isEqualTo(clipId);
        assertThat(frames.path("frames").asInt()).isEqualTo(clip.count());
        assertThat(frames.path("times")).hasSize(clip.count());
        assertThat(frames.path("instants")).hasSize(clip.count());
        assertThat(frames.path("times").path(0).asLong()).isZero();
        double timescale = frames.path("timescale").asDouble();
        for (int i = 0; i < clip.count(); i++) {
            DecodedClip.Frame shown = clip.frames().get(i);
            assertThat(frames.path("times").path(i).asLong() / timescale)
                    .as("time of frame %d", i)
                    .isCloseTo(shown.ptsSeconds(), within(10 * MICRO));
            Instant recorded = footage.start()
                    .plusNanos((long) (shown.number() * 1e9 / footage.spec().fps()));
            assertThat(instant(frames, i)).as("instant of frame %d", i).isEqualTo(recorded);
        }
    }

    private static Instant instant(JsonNode frames, int index) {
        return Instant.EPOCH.plus(frames.path("instants").path(index).asLong(), ChronoUnit.MICROS);
    }

    private void make(String camera, Instant start, Instant end) {
        client.send(
                ClipClient.request(clipId, start, end).put("cameraId", camera).toString());
        client.awaitStatus(clipId, "DONE");
    }

    private DecodedClip clip(String key) {
        return FrameReader.read(client.download(key, folder.resolve("clip.mp4")), footage.spec());
    }

    private Answer frames() {
        return api().get("/jobs/" + clipId + "/frames");
    }

    private ApiClient api() {
        return new ApiClient(base(), LocalServices.tokens().token("viewer"));
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }
}
