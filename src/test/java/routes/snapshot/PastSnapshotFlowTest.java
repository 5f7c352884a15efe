package routes.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.Footage;
import routes.support.FootageSpec;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.LooseMovie;
import routes.support.LooseSample;
import routes.support.OwnRecordings;
import routes.support.PastFootage;
import routes.support.PictureClient;
import routes.support.RecentCamera;

/** Frames of recordings, read off the pictures. */
@FlowTest
class PastSnapshotFlowTest {
    private final LocalCloud cloud = LocalCloud.shared();
    private final PastFootage footage = PastFootage.shared();

    @LocalServerPort
    int port;

    private ApiClient api;
    private PictureClient pictures;

    @BeforeEach
    void connect() {
        URI base = URI.create("http://127.0.0.1:" + port);
        String token = LocalServices.tokens().token("viewer");
        api = new ApiClient(base, token);
        pictures = new PictureClient(base, token);
    }

    private HttpResponse<byte[]> at(String camera, Instant at, String more) {
        return pictures.get("/cameras/" + camera + "/snapshot.jpg?at=" + at + more);
    }

    /** Frames last 40 ms; recordings of 10 s begin at 0, 10,000 and 20,000. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0",
        "39, 0",
        "40, 1",
        "5010, 125",
        "5040, 126",
        "9960, 249",
        "9999, 249",
        "10000, 250",
        "10001, 250",
        "20039, 500",
        "29999, 749"
    })
    void theFrameThatIsShownAtAnInstantIsTheLastOneBeforeOrAtIt(int millis, long frame) {
        HttpResponse<byte[]> answer = at(CameraApi.CAMERA_ID, footage.start().plusMillis(millis), "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(PictureClient.frame(answer.body())).isEqualTo(frame);
        long shown = footage.start().toEpochMilli() + 40 * frame;
        assertThat(header(answer, "X-Frame-Time")).isEqualTo(shown / 1000 + "." + "%03d".formatted(shown % 1000));
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("private, max-age=31536000, immutable");
    }

    /** Of eight groups of pictures; the frame is in the sixth. */
    @ParameterizedTest
    @ValueSource(strings = {"+faststart", "-faststart+frag_keyframe+delay_moov+skip_trailer"})
    void onlyTheTablesAndTheSamplesFromTheKeyframeToTheFrameAreFetched(String flags, @TempDir Path folder)
            throws Exception {
        FootageSpec spec = FootageSpec.standard()
                .withSize(320, 180)
                .withGop(25)
                .withoutAudio()
                .withExtra("-qp", "1");
        Instant start = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        Path file = Footage.record(folder.resolve("recording.mp4"), spec.withExtra("-movflags", flags), 0, 200, start);
        List<LooseSample> samples = LooseMovie.load(Footage.record(folder.resolve("same.mp4"), spec, 0, 200, start))
                .picture()
                .samples;
        OwnRecordings camera = new OwnRecordings();
        String key = camera.add(start, Duration.ofSeconds(8), Files.readAllBytes(file));
        String path = "/cameras/" + camera.id() + "/snapshot.jpg?at=" + start.plusMillis(5_410);

        HttpResponse<byte[]> answer = pictures.get(path);
        List<Long> reads = cloud.readsFromS3(key);
        // not shared with the first one
        await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
        HttpResponse<byte[]> again = pictures.get(path, "If-None-Match", header(answer, "ETag"));
        List<Long> readsAgain = cloud.readsFromS3(key)
                .subList(reads.size(), cloud.readsFromS3(key).size());

        assertThat(PictureClient.frame(answer.body())).isEqualTo(135);
        long gop = samples.subList(125, 136).stream()
                .mapToLong(sample -> sample.data().remaining())
                .sum();
        List<Long> tables = reads.subList(0, reads.size() - 2);
        assertThat(reads.subList(tables.size(), reads.size()))
                .as("parameter sets at the start of the recording, and samples")
                .containsExactly(4096L, gop);
        assertThat(tables.stream().mapToLong(Long::longValue).sum())
                .as("tables %s of %d bytes", tables, Files.size(file))
                .isLessThan(12_000);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(readsAgain).as("tables only").isEqualTo(tables);
    }

    /** Recordings of 10 s, ten minutes apart. */
    @ParameterizedTest
    @CsvSource({"300, 9960, 610000", "30, 9960, 610000", "-300, , 0", "900, 619960,"})
    void aLongGapIsAnsweredWithTheFramesAroundIt(long second, Long before, Long after) {
        Instant start = Instant.now().minusSeconds(2400).truncatedTo(ChronoUnit.SECONDS);
        OwnRecordings camera = new OwnRecordings();
        camera.add(start, Duration.ofSeconds(10), OwnRecordings.tenSeconds());
        camera.add(start.plusSeconds(610), Duration.ofSeconds(10), OwnRecordings.tenSeconds());

        HttpResponse<byte[]> answer = at(camera.id(), start.plusSeconds(second), "");

        assertThat(answer.statusCode()).isEqualTo(404);
        JsonNode problem = ClipClient.json(new String(answer.body(), StandardCharsets.UTF_8));
        assertThat(problem.path("before").asText())
                .isEqualTo(before == null ? "" : start.plusMillis(before).toString());
        assertThat(problem.path("after").asText())
                .isEqualTo(after == null ? "" : start.plusMillis(after).toString());
    }

    @Test
    void aGapOfHoursIsAnsweredWithTheFramesAroundIt() {
        Instant start = Instant.now().minusSeconds(40_000).truncatedTo(ChronoUnit.SECONDS);
        OwnRecordings camera = new OwnRecordings();
        camera.add(start, Duration.ofSeconds(10), OwnRecordings.tenSeconds());
        camera.add(start.plusSeconds(30_000), Duration.ofSeconds(10), OwnRecordings.tenSeconds());

        HttpResponse<byte[]> answer = at(camera.id(), start.plusSeconds(15_000), "");

        JsonNode problem = ClipClient.json(new String(answer.body(), StandardCharsets.UTF_8));
        assertThat(problem.path("before").asText())
                .isEqualTo(start.plusMillis(9_960).toString());
        assertThat(problem.path("after").asText())
                .isEqualTo(start.plusSeconds(30_000).toString());
    }

    @ParameterizedTest
    @CsvSource({"100, 5, true", "100, 5, false", "4000, 1, true", "4000, 1, false", "4000, 12, true"})
    void theNewestFrameIsFoundBehindRecordingsThatCannotBeUsed(long age, int newer, boolean isStored) {
        OwnRecordings camera = new OwnRecordings();
        camera.add(Instant.now().minusSeconds(age), Duration.ofSeconds(10), OwnRecordings.tenSeconds());
        addUnusable(camera, newer, isStored);

        HttpResponse<byte[]> answer = pictures.get("/cameras/" + camera.id() + "/snapshot.jpg");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(PictureClient.frame(answer.body())).isEqualTo(249);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 422, none of the newest 32 recordings can be used; one of them:",
        "false, 404, none of the newest 32 recordings is stored"
    })
    void theSearchForTheNewestFrameHasABoundAndReportsIt(boolean isStored, int status, String detail) {
        OwnRecordings camera = new OwnRecordings();
        addUnusable(camera, 33, isStored);

        Answer answer = api.get("/cameras/" + camera.id() + "/snapshot.jpg");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().get("detail").asText()).startsWith(detail);
    }

    private static void addUnusable(OwnRecordings camera, int count, boolean isStored) {
        for (int i = 1; i <= count; i++) {
            Instant start = Instant.now().minusSeconds(1 + 2 * i);
            camera.add(start, Duration.ofSeconds(2), isStored ? OwnRecordings.withoutPicture() : null);
        }
    }

    @Test
    void inAGapTheFrameBeforeItIsShownWithinTheTolerance() {
        RecentCamera camera = new RecentCamera(Instant.now().minusSeconds(120), 4);
        camera.list(0);
        camera.list(3);
        Instant end = camera.start(1);

        HttpResponse<byte[]> near = at(camera.id(), end.plusMillis(1500), "");
        HttpResponse<byte[]> far = at(camera.id(), end.plusMillis(2500), "");
        HttpResponse<byte[]> allowed = at(camera.id(), end.plusMillis(2500), "&tolerance=3");
        HttpResponse<byte[]> none = at(camera.id(), end.plusMillis(100), "&tolerance=0");

        assertThat(PictureClient.frame(near.body())).isEqualTo(49);
        assertThat(near.headers().allValues("Cache-Control"))
                .as("a later recording may fill the gap")
                .containsExactly("private, max-age=1");
        assertThat(far.statusCode()).isEqualTo(404);
        JsonNode problem = ClipClient.json(new String(far.body(), StandardCharsets.UTF_8));
        assertThat(Instant.parse(problem.get("before").asText())).isEqualTo(end.minusMillis(40));
        assertThat(Instant.parse(problem.get("after").asText())).isEqualTo(camera.start(3));
        assertThat(PictureClient.frame(allowed.body())).isEqualTo(49);
        assertThat(none.statusCode()).isEqualTo(404);
    }

    @Test
    void withoutAnInstantTheNewestRecordingIsShownThatHasItsTables() {
        RecentCamera camera = new RecentCamera(Instant.now().minusSeconds(30), 3);
        camera.list(0);
        camera.list(1);
        camera.list(2);
        cloud.s3().deleteObject(r -> r.bucket(cloud.resources().originBucket()).key(keyOf(camera, 2)));

        Answer answer = api.post("/snapshots", "{\"cameraId\":\"" + camera.id() + "\",\"width\":200}");

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        assertThat(PictureClient.frame(
                        PictureClient.download(answer.body().get("url").asText())))
                .isEqualTo(99);
        assertThat(Instant.parse(answer.body().get("frameAt").asText()))
                .isEqualTo(camera.start(2).minusMillis(40));
        assertThat(answer.body().at("/source/recording").asText()).endsWith(".mp4");
        assertThat(answer.body().at("/source/tick").asLong()).isPositive();
        assertThat(answer.body().has("offBy")).isFalse();
        assertThat(answer.body().get("width").asInt()).isEqualTo(200);
        assertThat(api.get("/jobs?cameraId=" + camera.id())
                        .body()
                        .at("/jobs/0/type")
                        .asText())
                .isEqualTo("snapshot");
    }

    @Test
    void aStoredFrameTellsHowFarItIsFromTheInstant() {
        Instant at = footage.start().plusMillis(5_025);

        Answer answer = api.post(
                "/snapshots", "{\"cameraId\":\"" + CameraApi.CAMERA_ID + "\",\"at\":\"" + at + "\",\"width\":7680}");

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        assertThat(answer.body().get("offBy").asLong()).isEqualTo(25);
        assertThat(answer.body().get("width").asInt()).as("never enlarged").isEqualTo(320);
        assertThat(answer.body().get("key").asText()).startsWith("snapshots/" + CameraApi.CAMERA_ID + "/");
    }

    @Test
    void aRecordingWithoutPictureIsReported() {
        HttpResponse<byte[]> answer =
                at(CameraApi.CAMERA_ID, footage.brokenRecording().plusSeconds(1), "");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("a recording has no picture");
    }

    @Test
    void aStoredPictureOfAnUnknownCameraFailsWithItsReason() {
        String camera = "unknown-" + Instant.now().toEpochMilli();

        Answer answer = api.post("/snapshots", "{\"cameraId\":\"" + camera + "\"}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("detail").asText()).isEqualTo("the camera API does not know this camera");
        assertThat(api.get("/jobs?subject=" + camera)
                        .body()
                        .at("/jobs/0/error/message")
                        .asText())
                .isEqualTo("the camera API does not know this camera");
    }

    @Test
    void anUnknownCameraIsNotFound() {
        assertThat(at("unknown-camera", Instant.now().minusSeconds(60), "").statusCode())
                .isEqualTo(404);
        assertThat(api.get("/cameras/" + CameraApi.CAMERA_ID + "/snapshot.jpg?at="
                                + footage.start().minusSeconds(3000))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aCameraApiThatDoesNotAnswerEndsInATimeout() {
        RecentCamera camera = new RecentCamera(Instant.now().minusSeconds(60), 1);
        camera.list(0);
        CameraApi api = LocalServices.cameras();
        api.hangNext("/cameras/" + camera.id(), 1);
        Instant start = Instant.now();
        try {
            HttpResponse<byte[]> answer = at(camera.id(), camera.start(0), "");

            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(13));
        } finally {
            api.clearFaults();
        }
        assertThat(at(camera.id(), camera.start(0), "").statusCode()).isEqualTo(200);
    }

    private String keyOf(RecentCamera camera, int recording) {
        String name = camera.id() + ".stream.";
        return cloud.s3()
                .listObjectsV2(
                        r -> r.bucket(cloud.resources().originBucket()).prefix(LocalResources.ORIGIN_DIR + "/" + name))
                .contents()
                .get(recording)
                .key();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
