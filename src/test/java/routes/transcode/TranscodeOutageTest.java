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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.ApiClient;
import routes.support.FootageSpec;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.LoggedLines;
import routes.support.OwnService;
import routes.support.TranscodeClient;
import routes.transcode.hls.StreamFilms;

/** S3 or the table of keys is away in the middle of a transcode: the job waits, goes on, and loses nothing. */
class TranscodeOutageTest {
    private static final FootageSpec SPEC =
            StreamFilms.spec().withSize(320, 180).withExtra("-pix_fmt", "yuv422p");
    private static final Duration LENGTH = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEY = "uploads/film.mp4";
    private static final String OTHER_KEY = "uploads/other.mp4";
    /** Of the ladder below. */
    private static final int RENDITIONS = 2;

    private final LocalCloud cloud = LocalCloud.shared();
    private final LocalResources resources = OwnService.resources();
    private OwnService service;
    private LoggedLines log;
    private TranscodeClient client;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        startWith(Map.of());
    }

    private void startWith(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("LADDER", "180 144"));
        all.putAll(settings);
        service = OwnService.start(resources, all);
        // a start resets the log
        log = LoggedLines.record();
        ApiClient api = new ApiClient(
                URI.create("http://127.0.0.1:" + service.port("server")),
                LocalServices.tokens().token("outage"));
        client = new TranscodeClient(cloud, resources, api);
    }

    @AfterEach
    void stop() {
        cloud.failS3(0, new Random(0));
        service.close();
        log.close();
    }

    @Test
    void aTranscodeGoesOnWhenS3IsBack() throws Exception {
        String id = uploadUntilHalfIsStored();
        byte[] key = key(id);

        cloud.failS3(1, new Random(0));
        awaitFailedAttempt(id);
        cloud.failS3(0, new Random(0));

        assertEndsWell(id, key);
        assertThat(log.lines()).anyMatch(line -> line.contains("goes on at segment"));
    }

    @Test
    void aTranscodeGoesOnWhenTheTableOfKeysIsBack() throws Exception {
        String id = uploadUntilHalfIsStored();
        byte[] key = key(id);

        resources.withoutKeysTable(cloud.clients(), () -> awaitFailedAttempt(id));

        assertEndsWell(id, key);
    }

    @Test
    void anErrorThatRepeatsFailsTheJob() throws Exception {
        service.close();
        Path program = folder.resolve("ffmpeg");
        // it crashes, or its list is none
        Files.writeString(
                program,
                """
                #!/bin/sh
                case $(tail -c 5 recording-0.mp4) in crash) kill -SEGV $$;; esac
                echo copy-00000.m4s,0.0,none > copy.csv
                """);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        startWith(Map.of("FFMPEG", program.toString()));
        client.upload(KEY, endingWith("crash"));
        client.upload(OTHER_KEY, endingWith("error"));

        String crashed = assertFailed(KEY, "the film could not be converted");
        String confused = assertFailed(OTHER_KEY, "an internal error; see the log of the service");
        assertThat(linesOf(crashed))
                .hasSize(3)
                .last()
                .asString()
                .contains(": attempt 3 failed, it is the last one: ffmpeg crashed with signal 11");
        assertThat(linesOf(confused))
                .hasSize(3)
                .last()
                .asString()
                .contains(": attempt 3 failed, it is the last one: java.lang.NumberFormatException");
        assertThat(log.lines()).noneMatch(line -> line.contains("a message stays in the queue"));
    }

    private static byte[] endingWith(String end) {
        byte[] film = UploadedFilms.film(end);
        byte[] longer = Arrays.copyOf(film, film.length + end.length());
        System.arraycopy(end.getBytes(StandardCharsets.UTF_8), 0, longer, film.length, end.length());
        return longer;
    }

    private String assertFailed(String key, String reason) {
        JsonNode job = client.awaited(key, "FAILED");
        assertThat(job.path("error").path("code").asText()).isEqualTo("STREAM_FAILED");
        assertThat(job.path("error").path("message").asText()).isEqualTo(reason);
        return job.path("jobId").asText();
    }

    /** @return the warnings about attempts at a job */
    private List<String> linesOf(String id) {
        return log.lines().stream()
                .filter(line -> line.contains(id + ": attempt "))
                .toList();
    }

    private String uploadUntilHalfIsStored() throws IOException {
        client.upload(KEY, Files.readAllBytes(StreamFilms.record(folder, SPEC, LENGTH)));
        JsonNode job = client.awaited(KEY, "RUNNING");
        String id = job.path("jobId").asText();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.objects(id).size() > 3 * RENDITIONS);
        return id;
    }

    private byte[] key(String id) {
        return client.key(id).get("key").b().asByteArray();
    }

    private void awaitFailedAttempt(String id) {
        await().atMost(PATIENCE).until(() -> log.lines().stream()
                .anyMatch(line -> line.contains(id + ": attempt 1 failed, the next one is in ")));
        assertThat(client.jobs(KEY)).singleElement().satisfies(job -> {
            assertThat(job.path("status").asText()).isEqualTo("RUNNING");
            assertThat(job.path("progress").asInt()).isPositive();
        });
    }

    private void assertEndsWell(String id, byte[] key) throws Exception {
        assertThat(client.awaitedJob(id, "DONE").path("outcome").asText()).isEqualTo("STREAM_AVAILABLE");
        WholeStream stream = new WholeStream(resources, client, id, SPEC);
        stream.assertWhole(LENGTH, key, folder);
        stream.assertAnnouncedOnce();
        assertThat(stream.segmentsWrittenAgain()).isLessThanOrEqualTo(2 * RENDITIONS);
    }
}
