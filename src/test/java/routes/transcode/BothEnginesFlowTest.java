package routes.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.ApiClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.LoggedLines;
import routes.support.OwnService;
import routes.support.TranscodeClient;
import routes.transcode.hls.Identical;
import routes.transcode.hls.StreamFilms;
import routes.transcode.play.HttpPlayer;

/** What a client sees is the same, whichever engine converts a film. */
@Tag("flow")
class BothEnginesFlowTest {
    private static final Map<Engine, Side> SIDES = new EnumMap<>(Engine.class);

    private final String name = UUID.randomUUID().toString();
    private final String key = "uploads/" + name + ".mp4";

    @TempDir
    Path folder;

    enum Engine {
        FFMPEG,
        MEDIACONVERT;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Side(LocalResources resources, OwnService service, ApiClient api, TranscodeClient client) {
        static Side of(Engine engine) {
            LocalResources resources = OwnService.resources();
            OwnService service =
                    OwnService.start(resources, Map.of("TRANSCODE_ENGINE", engine.text(), "SQS_RETRY_PAUSE", "1"));
            ApiClient api = new ApiClient(
                    URI.create("http://127.0.0.1:" + service.port("server")),
                    LocalServices.tokens().token("transcode"));
            return new Side(resources, service, api, new TranscodeClient(LocalCloud.shared(), resources, api));
        }
    }

    @BeforeAll
    static void start() {
        for (Engine engine : Engine.values()) {
            SIDES.put(engine, Side.of(engine));
        }
    }

    @AfterAll
    static void stop() {
        SIDES.values().forEach(side -> side.service().close());
    }

    static List<Object[]> films() {
        List<Object[]> all = new ArrayList<>();
        for (String part :
                List.of("plain", "two blanks here", "a+b", "100%", "a%2Bb %41", "фильм 🎬 é", "${body} #{x} ?&=;'\"")) {
            for (Engine engine : Engine.values()) {
                all.add(new Object[] {part, engine});
            }
        }
        return all;
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("films")
    void anUploadBecomesAStreamThatPlays(String part, Engine engine) throws Exception {
        Side side = SIDES.get(engine);
        String inputFile = "uploads/" + name + "/" + part + ".mp4";
        side.client().upload(inputFile, UploadedFilms.film(part));

        JsonNode job = side.client().awaited(inputFile, "DONE");
        String id = job.path("jobId").asText();
        String prefix = "transcodes/" + id + "/1/";
        JsonNode result = job.path("result");
        assertThat(job.at("/request/engine").asText()).isEqualTo(engine.text());
        assertThat(job.path("outcome").asText()).isEqualTo("STREAM_AVAILABLE");
        assertThat(result.path("durationMs").asLong()).isBetween(900L, 1100L);
        assertThat(result.path("widthPx").asInt()).isEqualTo(640);
        assertThat(result.path("heightPx").asInt()).isEqualTo(360);
        assertThat(result.path("outputPath").asText()).isEqualTo(prefix);
        assertThat(result.path("playlists"))
                .hasToString("{\"m3u8\":{\"url\":\"/jobs/" + id + "/playlist.m3u8\",\"key\":\"" + prefix
                        + "master.m3u8\"}}");
        assertThat(new String(side.client().object(prefix + "info.json"), StandardCharsets.UTF_8))
                .isEqualTo("{\"duration_ms\":" + result.path("durationMs").asLong()
                        + ",\"width_px\":640,\"height_px\":360,\"playlists\":{\"m3u8\":\"" + prefix
                        + "master.m3u8\"}}");
        assertThat(side.client().heardOf(id)).singleElement().satisfies(document -> {
            assertThat(document.path("status").asText()).isEqualTo("STREAM_AVAILABLE");
            assertThat(document.path("inputFile").asText()).isEqualTo(inputFile);
            assertThat(document.at("/result/playlists/m3u8").asText()).isEqualTo(prefix + "master.m3u8");
        });
        assertPlays(side, id);
    }

    /** Each rendition is the film that was uploaded. */
    private void assertPlays(Side side, String jobId) throws Exception {
        String link = side.api()
                .post("/jobs/" + jobId + "/playlist-token", "")
                .body()
                .path("url")
                .asText();
        HttpPlayer player = new HttpPlayer();
        List<URI> renditions = player.renditions(
                URI.create("http://127.0.0.1:" + side.service().port("server") + link));
        assertThat(renditions).isNotEmpty();
        for (URI rendition : renditions) {
            assertThat(Identical.to(StreamFilms.spec(), UploadedFilms.FRAMES, player.download(rendition, folder)))
                    .as("%s", rendition)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKnownUploadIsConvertedByAnotherEngineOnRequest(Engine engine) throws Exception {
        Side side = SIDES.get(engine);
        side.client().upload(key, UploadedFilms.film(name));
        String first = side.client().awaited(key, "DONE").path("jobId").asText();
        String other = (engine == Engine.FFMPEG ? Engine.MEDIACONVERT : Engine.FFMPEG).text();

        String second = transcode(side, other);
        assertThat(second).isNotEqualTo(first);
        JsonNode job = side.client().awaitedJob(second, "DONE");
        assertThat(job.at("/request/engine").asText()).isEqualTo(other);
        assertPlays(side, second);
        assertThat(transcode(side, other)).isEqualTo(second);
        assertThat(transcode(side, engine.text())).isEqualTo(first);
        assertThat(side.client().jobs(key)).hasSize(2);
    }

    /** @return id of the job */
    private String transcode(Side side, String engine) {
        ApiClient.Answer answer =
                side.api().post("/transcodes", "{\"inputFile\":\"" + key + "\",\"engine\":\"" + engine + "\"}");
        assertThat(answer.status()).isEqualTo(202);
        return answer.body().path("jobId").asText();
    }

    @ParameterizedTest
    @EnumSource
    void theKeyIsInItsFileAndInNoText(Engine engine) {
        try (LoggedLines log = LoggedLines.record()) {
            Side side = SIDES.get(engine);
            side.client().upload(key, UploadedFilms.film(name));

            JsonNode job = side.client().awaited(key, "DONE");
            String id = job.path("jobId").asText();
            byte[] secret = side.client().object("transcodes/" + id + "/1/key.key");
            assertThat(secret)
                    .hasSize(16)
                    .isEqualTo(side.client().key(id).get("key").b().asByteArray());
            List<String> seen = new ArrayList<>(side.client().jobItems());
            seen.addAll(log.lines());
            seen.add(job.toString());
            seen.add(side.client().heardOf(id).toString());
            assertThat(seen).allSatisfy(text -> assertThat(text.toLowerCase(Locale.ROOT))
                    .doesNotContain(HexFormat.of().formatHex(secret)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatedEventIsTheSameJobAndARequestFindsIt(Engine engine) {
        Side side = SIDES.get(engine);
        side.client().upload(key, UploadedFilms.film(name));
        JsonNode job = side.client().awaited(key, "DONE");
        String eTag = job.at("/request/eTag").asText();

        side.client().send(event(side, eTag));
        side.client().send(event(side, eTag));
        side.client().awaitEmptyQueue();
        assertThat(side.client().jobs(key))
                .as("one of the upload, one of the other event")
                .hasSize(2);
        assertThat(side.api()
                        .post("/transcodes", "{\"inputFile\":\"" + key + "\"}")
                        .status())
                .isEqualTo(202);
        assertThat(side.client().jobs(key)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoFilmOrIsGoneFails(Engine engine) {
        Side side = SIDES.get(engine);
        String letter = "uploads/" + name + ".txt";
        side.client().upload(letter, "Dear reader".getBytes(StandardCharsets.UTF_8));
        side.client().send(event(side, "d41d8cd98f00b204e9800998ecf8427e"));

        assertThat(side.client().awaited(letter, "FAILED").path("outcome").asText())
                .isEqualTo("NOT_A_FILM");
        assertThat(side.client().awaited(key, "FAILED").path("outcome").asText())
                .isEqualTo("INPUT_FILE_MISSING");
    }

    @ParameterizedTest
    @EnumSource
    void aFailureLeavesNothingAndIsPublishedWithItsReason(Engine engine) {
        Side side = SIDES.get(engine);
        side.client().upload(key, UploadedFilms.broken());

        JsonNode job = side.client().awaited(key, "FAILED");
        String id = job.path("jobId").asText();
        assertThat(job.at("/error/message").asText()).isNotEmpty();
        assertThat(side.client().heardOf(id)).singleElement().satisfies(document -> {
            assertThat(document.path("status").asText())
                    .isEqualTo(job.path("outcome").asText());
            assertThat(document.at("/result/errorCode").asText())
                    .isEqualTo(job.at("/error/code").asText());
            assertThat(document.at("/result/errorMessage").asText())
                    .isEqualTo(job.at("/error/message").asText());
        });
        assertThat(side.client().objects(id)).isEmpty();
        assertThat(side.client().key(id)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aCancelLeavesNothingAndARetryHasANewKeyAndPrefix(Engine engine) {
        Side side = SIDES.get(engine);
        LocalCloud.shared().mediaConvert().pauseJobs();
        try {
            side.client().upload(key, UploadedFilms.slow(36));
            String id = await().atMost(Duration.ofSeconds(30))
                    .until(() -> side.client().jobs(key), jobs -> !jobs.isEmpty())
                    .get(0)
                    .path("jobId")
                    .asText();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> side.client().key(id).containsKey("key")
                            && !side.client().objects(id).isEmpty());
            byte[] first = side.client().key(id).get("key").b().asByteArray();

            assertThat(side.api().delete("/jobs/" + id).status()).isEqualTo(200);
            side.client().awaitEmptyQueue();
            assertThat(side.client().objects(id)).isEmpty();
            assertThat(side.client().key(id)).isEmpty();
            LocalCloud.shared().mediaConvert().resumeJobs();
            assertThat(side.api().post("/jobs/" + id + "/retry", "").status()).isEqualTo(202);

            JsonNode job = side.client().awaitedJob(id, "DONE");
            assertThat(job.at("/result/outputPath").asText()).isEqualTo("transcodes/" + id + "/2/");
            assertThat(side.client().objects(id)).allMatch(object -> object.startsWith("transcodes/" + id + "/2/"));
            assertThat(side.client().object("transcodes/" + id + "/2/key.key")).isNotEqualTo(first);
        } finally {
            LocalCloud.shared().mediaConvert().reset();
        }
    }

    private String event(Side side, String eTag) {
        return "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventTime\":\"" + Instant.now()
                + "\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\""
                + side.resources().uploadBucket() + "\"},\"object\":{\"key\":\"" + key
                + "\",\"size\":7,\"eTag\":\"" + eTag + "\",\"sequencer\":\"1\"}}}]}";
    }
}
