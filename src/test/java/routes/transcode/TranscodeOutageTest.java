package routes.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        service = OwnService.start(resources, Map.of("LADDER", "180 144"));
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
