package routes.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.LoggedLines;
import routes.support.OwnService;
import routes.support.SlowFfmpeg;
import routes.support.TranscodeClient;
import routes.transcode.hls.ContentKey;
import routes.transcode.hls.Identical;
import routes.transcode.hls.OutputPath;
import routes.transcode.hls.PlayedStream;
import routes.transcode.hls.StreamFilms;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Film in the bucket of uploads; stream, announcement and job out. */
class TranscodeFlowTest {
    private static final LocalResources RESOURCES = OwnService.resources();
    private static OwnService service;
    private static ApiClient api;
    private static TranscodeClient client;
    private static LoggedLines log;

    private final String name = UUID.randomUUID().toString();
    private final String key = "uploads/" + name + ".mp4";

    @TempDir
    Path folder;

    @TempDir
    static Path programs;

    private static Path gate;

    @BeforeAll
    static void start() throws IOException {
        gate = programs.resolve("gate");
        String ffmpeg = SlowFfmpeg.heldBy(gate, programs).toString();
        service = OwnService.start(RESOURCES, Map.of("FFMPEG", ffmpeg));
        // a start resets the log
        log = LoggedLines.record();
        api = new ApiClient(
                URI.create("http://127.0.0.1:" + service.port("server")),
                LocalServices.tokens().token("transcode"));
        client = new TranscodeClient(LocalCloud.shared(), RESOURCES, api);
    }

    @AfterAll
    static void stop() {
        service.close();
        log.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"plain", "two blanks here", "a+b", "100%", "a%2Bb %41", "фильм 🎬 é", "${body} #{x} ?&=;'\""})
    void anUploadedFilmBecomesAStream(String part) throws Exception {
        String inputFile = "uploads/" + name + "/" + part + ".mp4";
        byte[] film = UploadedFilms.film(part);

        client.upload(inputFile, film);

        JsonNode job = client.awaited(inputFile, "DONE");
        String prefix = "transcodes/" + job.path("jobId").asText() + "/1/";
        assertThat(job.path("type").asText()).isEqualTo("transcode");
        assertThat(job.path("outcome").asText()).isEqualTo("STREAM_AVAILABLE");
        assertThat(job.path("request").path("inputFile").asText()).isEqualTo(inputFile);
        JsonNode result = job.path("result");
        assertThat(result.path("durationMs").asLong()).isEqualTo(1000);
        assertThat(result.path("widthPx").asInt()).isEqualTo(640);
        assertThat(result.path("heightPx").asInt()).isEqualTo(360);
        assertThat(result.path("outputPath").asText()).isEqualTo(prefix);
        assertThat(result.path("playlists"))
                .hasToString("{\"m3u8\":{\"url\":\"/jobs/" + job.path("jobId").asText() + "/playlist.m3u8\",\"key\":\""
                        + prefix + "master.m3u8\"}}");
        assertThat(client.objects(job.path("jobId").asText()))
                .containsExactly(
                        prefix + "copy/00000-1000000.m4s",
                        prefix + "copy/index.m3u8",
                        prefix + "copy/init.mp4",
                        prefix + "info.json",
                        prefix + "key.key",
                        prefix + "master.m3u8");
        ContentKey contentKey = new ContentKey(client.object(prefix + "key.key"));
        PlayedStream played = new PlayedStream(RESOURCES.clipsBucket(), new OutputPath(prefix), contentKey);
        assertThat(played.renditions()).containsExactly("copy");
        assertThat(Identical.to(StreamFilms.spec(), UploadedFilms.FRAMES, played.download("copy", folder)))
                .as("the film that was uploaded")
                .isEmpty();
        assertThat(client.object(prefix + "info.json"))
                .asString()
                .isEqualTo("{\"duration_ms\":1000,\"width_px\":640,\"height_px\":360,\"playlists\":{\"m3u8\":\""
                        + prefix + "master.m3u8\"}}");
    }

    @Test
    void theEndIsPublishedOnceAndWithoutLinks() {
        client.upload(key, UploadedFilms.film(name));

        JsonNode job = client.awaited(key, "DONE");
        String id = job.path("jobId").asText();
        assertThat(client.heardOf(id)).singleElement().satisfies(document -> {
            String eventId = document.path("eventId").asText();
            assertThat(document)
                    .hasToString("{\"jobId\":\"" + id + "\",\"type\":\"transcode\",\"inputFile\":\"" + key
                            + "\",\"status\":\"STREAM_AVAILABLE\",\"result\":{\"durationMs\":1000,\"widthPx\":640,"
                            + "\"heightPx\":360,\"outputPath\":\"transcodes/" + id + "/1/\",\"playlists\":"
                            + "{\"m3u8\":\"transcodes/" + id + "/1/master.m3u8\"}},\"eventId\":\"" + eventId + "\"}");
        });
        assertThat(job.path("publications").toString())
                .isEqualTo("[{\"sink\":\"sns\",\"status\":\"ACCEPTED\",\"tries\":1}]");
        assertThat(job.path("steps").findValuesAsText("name"))
                .containsExactly(
                        "opened", "film fetched", "film read", "segments stored", "finished", "decided", "published");
    }

    @Test
    void theKeyFileHasTheKey() {
        client.upload(key, UploadedFilms.film(name));

        String id = client.awaited(key, "DONE").path("jobId").asText();
        byte[] secret = client.object("transcodes/" + id + "/1/key.key");
        Map<String, AttributeValue> row = client.key(id);
        assertThat(secret).hasSize(16).isEqualTo(row.get("key").b().asByteArray());
        assertThat(Instant.ofEpochSecond(
                        Long.parseLong(row.get("ExpirationTime").n())))
                .as("end of the job's retention")
                .isBetween(
                        Instant.now().plus(Duration.ofDays(14)), Instant.now().plus(Duration.ofDays(16)));
    }

    @Test
    void aRepeatedEventIsTheSameJobAndANewUploadIsANewOne() {
        client.upload(key, UploadedFilms.film("first"));
        JsonNode first = client.awaited(key, "DONE");

        client.send(event(key, first.at("/request/eTag").asText(), "1"));
        client.send(event(key, first.at("/request/eTag").asText(), "1"));
        client.awaitEmptyQueue();
        assertThat(client.jobs(key))
                .as("one of the upload, one of the other event")
                .hasSize(2);

        client.upload(key, UploadedFilms.film("first"));
        client.awaitEmptyQueue();
        assertThat(client.jobs(key))
                .hasSize(3)
                .allSatisfy(job -> assertThat(job.path("status").asText()).isEqualTo("DONE"));
    }

    @Test
    void theEventOfARequestedUploadMakesNoSecondJob() throws Exception {
        service.camel().getRouteController().stopRoute("transcodes");
        Answer requested;
        try {
            client.upload(key, UploadedFilms.film("one"));
            requested = api.post("/transcodes", "{\"inputFile\":\"" + key + "\"}");
        } finally {
            service.camel().getRouteController().startRoute("transcodes");
        }
        client.awaited(key, "DONE");
        client.awaitEmptyQueue();
        assertThat(client.jobs(key))
                .extracting(job -> job.path("jobId").asText())
                .containsExactly(requested.body().path("jobId").asText());

        assertThat(api.post("/transcodes", "{\"inputFile\":\"" + key + "\"}")
                        .body()
                        .path("status")
                        .asText())
                .as("the stream is there")
                .isEqualTo("DONE");
    }

    @Test
    void aRequestAfterTheEventIsTheJobOfTheEvent() {
        client.upload(key, UploadedFilms.film("one"));
        String id = client.awaited(key, "DONE").path("jobId").asText();

        Answer requested = api.post("/transcodes", "{\"inputFile\":\"" + key + "\"}");

        assertThat(requested.status()).isEqualTo(202);
        assertThat(requested.body().path("jobId").asText()).isEqualTo(id);
    }

    @Test
    void whatIsNoUploadLeavesNoJobAndNoDeadLetter() {
        int deadLetters = client.deadLetters();
        client.send("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"" + RESOURCES.uploadBucket()
                + "\"}");
        client.send(event("transcodes/" + name + "/1/info.json", "e", "1"));
        client.send(event(key, "e", "1").replace("ObjectCreated:Put", "ObjectRemoved:Delete"));
        client.awaitEmptyQueue();

        assertThat(client.jobs(key)).isEmpty();
        assertThat(client.jobs("transcodes/" + name + "/1/info.json")).isEmpty();
        assertThat(client.deadLetters()).isEqualTo(deadLetters);
        assertThat(log.lines()).anyMatch(line -> line.contains("ignored: a stored stream: transcodes/" + name));
    }

    @Test
    void anObjectOfAnotherBucketIsADeadLetter() {
        int deadLetters = client.deadLetters();
        client.send(event(key, "e", "1").replace(RESOURCES.uploadBucket(), "another-bucket"));

        await().atMost(Duration.ofSeconds(30)).until(() -> log.lines().stream()
                .anyMatch(line -> line.contains("ALARM dead letter: bucket is another-bucket")));
        assertThat(client.deadLetters()).isEqualTo(deadLetters + 1);
        assertThat(client.jobs(key)).isEmpty();
    }

    @Test
    void anImpossibleKeyFailsItsJobWithTheReason() {
        String id = new UploadedObject(RESOURCES.uploadBucket(), "uploads/../" + name, null, "e", "1", null).jobId();
        client.send(event("uploads/../" + name, "e", "1"));

        JsonNode job = client.awaitedJob(id, "FAILED");
        assertThat(job.at("/error/code").asText()).isEqualTo("STREAM_FAILED");
        assertThat(job.at("/error/message").asText()).startsWith("inputFile is \"uploads/../");
        assertThat(client.heardOf(id)).singleElement().satisfies(document -> {
            assertThat(document.path("status").asText()).isEqualTo("STREAM_FAILED");
            assertThat(document.at("/result/errorCode").asText()).isEqualTo("STREAM_FAILED");
        });
    }

    @Test
    void aFileThatIsNoFilmFailsItsJob() {
        String letter = "uploads/" + name + ".txt";
        client.upload(letter, "Dear reader".getBytes(StandardCharsets.UTF_8));
        client.upload("uploads/" + name + "-empty.mp4", new byte[0]);

        JsonNode job = client.awaited(letter, "FAILED");
        assertThat(job.path("outcome").asText()).isEqualTo("NOT_A_FILM");
        assertThat(job.at("/error/message").asText())
                .isEqualTo("the file is not a film: it holds neither video nor sound that can be decoded");
        assertThat(client.awaited("uploads/" + name + "-empty.mp4", "FAILED")
                        .path("outcome")
                        .asText())
                .isEqualTo("NOT_A_FILM");
    }

    @Test
    void aFilmThatIsGoneFailsItsJob() {
        client.send(event(key, "d41d8cd98f00b204e9800998ecf8427e", "1"));

        JsonNode job = client.awaited(key, "FAILED");
        assertThat(job.path("outcome").asText()).isEqualTo("INPUT_FILE_MISSING");
        assertThat(job.at("/error/message").asText()).isEqualTo("the input file does not exist");
    }

    @Test
    void aFilmThatWasReplacedFailsItsJobAndTheNewOneHasItsOwn() {
        client.upload(key, UploadedFilms.film("new"));
        client.awaited(key, "DONE");
        client.send(event(key, "d41d8cd98f00b204e9800998ecf8427e", "1"));

        JsonNode job = client.awaited(key, "FAILED");
        assertThat(job.at("/error/message").asText()).isEqualTo("the input file was replaced after it was uploaded");
    }

    @Test
    void aFailureLeavesNothingAndIsPublishedWithItsReason() {
        client.upload(key, UploadedFilms.broken());

        JsonNode job = client.awaited(key, "FAILED");
        String id = job.path("jobId").asText();
        assertThat(job.path("outcome").asText()).isEqualTo("NOT_A_FILM");
        assertThat(job.has("result")).isFalse();
        assertThat(client.heardOf(id)).singleElement().satisfies(document -> {
            assertThat(document.path("status").asText()).isEqualTo("NOT_A_FILM");
            assertThat(document.path("result"))
                    .hasToString("{\"errorCode\":\"NOT_A_FILM\",\"errorMessage\":"
                            + "\"the file is not a film that can be decoded\"}");
        });
        assertThat(client.objects(id)).isEmpty();
        assertThat(client.key(id)).isEmpty();
    }

    @Test
    void aFailureIsPublishedOnceNothingIsLeft() {
        client.upload(key, UploadedFilms.broken());
        String id = client.awaited(key, "FAILED").path("jobId").asText();
        // more than are listed and deleted at once
        IntStream.range(0, 1010).parallel().forEach(i -> client.leave("transcodes/" + id + "/2/360p/" + i));
        LocalCloud.shared().lockInS3("transcodes/" + id);
        try {
            api.post("/jobs/" + id + "/retry", "");
            await().atMost(Duration.ofSeconds(30)).until(() -> log.lines().stream()
                    .anyMatch(
                            line -> line.contains("1000 objects below transcodes/" + id + "/2/ could not be removed")));
            assertThat(client.heardOf(id)).hasSize(1);
        } finally {
            LocalCloud.shared().lockInS3(null);
        }

        client.awaitedJob(id, "FAILED");
        assertThat(client.objects(id)).as("of an interrupted conversion").isEmpty();
        assertThat(client.heardOf(id)).hasSize(2);
    }

    @Test
    void aCancelEndsTheConversionAndRemovesAllOfIt() {
        client.upload(key, UploadedFilms.endless());
        String id = client.awaited(key, "RUNNING").path("jobId").asText();
        await().atMost(Duration.ofSeconds(30)).until(() -> !client.objects(id).isEmpty());
        assertThat(client.key(id)).isNotEmpty();

        assertThat(api.delete("/jobs/" + id).status()).isEqualTo(200);

        client.awaitEmptyQueue();
        assertThat(client.objects(id)).isEmpty();
        assertThat(client.key(id)).isEmpty();
        assertThat(api.get("/jobs/" + id).body().path("status").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void aRetryHasANewKeyAndANewPrefix() throws Exception {
        Files.createFile(gate);
        byte[] first;
        String id;
        try {
            client.upload(key, UploadedFilms.film(name));
            id = client.awaited(key, "RUNNING").path("jobId").asText();
            await().atMost(Duration.ofSeconds(30)).until(() -> client.key(id).containsKey("key"));
            first = client.key(id).get("key").b().asByteArray();
            api.delete("/jobs/" + id);
            client.awaitEmptyQueue();
        } finally {
            Files.delete(gate);
        }
        client.leave("transcodes/" + id + "/1/copy/left-behind");

        assertThat(api.post("/jobs/" + id + "/retry", "").status()).isEqualTo(202);

        JsonNode job = client.awaitedJob(id, "DONE");
        assertThat(job.at("/result/outputPath").asText()).isEqualTo("transcodes/" + id + "/2/");
        assertThat(client.objects(id))
                .hasSizeGreaterThan(4)
                .allMatch(object -> object.startsWith("transcodes/" + id + "/2/"));
        assertThat(client.object("transcodes/" + id + "/2/key.key"))
                .isEqualTo(client.key(id).get("key").b().asByteArray())
                .isNotEqualTo(first);
    }

    private static String event(String key, String eTag, String sequencer) {
        return "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventTime\":\"" + Instant.now()
                + "\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"" + RESOURCES.uploadBucket()
                + "\"},\"object\":{\"key\":\"" + key + "\",\"size\":7,\"eTag\":\"" + eTag + "\",\"sequencer\":\""
                + sequencer + "\"}}}]}";
    }
}
