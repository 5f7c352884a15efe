package routes.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.ApiClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.MediaConvertServer;
import routes.support.OwnService;
import routes.support.ServiceProcess;
import routes.support.TranscodeClient;
import routes.transcode.hls.Identical;
import routes.transcode.hls.StreamFilms;
import routes.transcode.play.HttpPlayer;

/** A process is killed in each step of a conversion by MediaConvert; the next one goes on. */
@Tag("full")
class ConversionKillTest {
    private static final LocalCloud CLOUD = LocalCloud.shared();
    private static final MediaConvertServer ENGINE = CLOUD.mediaConvert();
    private static final int ALWAYS = 1000;

    /** Until a process is up, or the message of a killed one is visible again. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final LocalResources resources = OwnService.resources();
    /** By job. */
    private final Map<String, byte[]> keys = new HashMap<>();

    private ServiceProcess process;
    private TranscodeClient client;
    private ApiClient api;

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        ENGINE.reset();
        CLOUD.failS3(0, new Random(0));
        process.close();
    }

    @Test
    void aKilledConversionGoesOn() throws Exception {
        start();
        ENGINE.failNext("createJob", ALWAYS, 500);
        String refused = upload("before CreateJob");
        awaitFailedAttempt(refused);
        kill(refused);

        start();
        ENGINE.delayAnswers(PATIENCE);
        String unanswered = upload("before the answer of CreateJob");
        process.await(PATIENCE, () -> !engineJobs(unanswered).isEmpty());
        kill(unanswered);

        start();
        ENGINE.pauseJobs();
        String waiting = upload("while MediaConvert works");
        process.await(PATIENCE, () -> job(waiting).path("status").asText().equals("WAITING"));
        kill(waiting);

        start();
        ENGINE.events().hold();
        String finishing = upload("while the stream is finished");
        process.await(PATIENCE, () -> engineJobs(finishing).stream()
                .anyMatch(one -> one.path("status").asText().equals("COMPLETE")));
        process.await(PATIENCE, () -> job(finishing).path("status").asText().equals("WAITING"));
        CLOUD.failS3(1, new Random(0));
        String engineId = engineJobs(finishing).get(0).path("id").asText();
        ENGINE.events().held(engineId).forEach(ENGINE.events()::send);
        awaitFailedAttempt(finishing);
        kill(finishing);

        start();
        for (String id : List.of(refused, unanswered, waiting, finishing)) {
            process.await(PATIENCE, () -> job(id).path("status").asText().equals("DONE"));
            assertWhole(id);
        }
        client.awaitEmptyQueue();
        assertThat(client.deadLetters()).isZero();
    }

    private void start() throws IOException {
        process = ServiceProcess.service(
                resources,
                Map.of(
                        "TRANSCODE_ENGINE",
                        "mediaconvert",
                        "TRANSCODE_ENGINES",
                        "mediaconvert",
                        "TRANSCODE_WORKERS",
                        "4",
                        "SQS_RETRY_PAUSE",
                        "1",
                        "JOBS_SWEEP",
                        "1",
                        "CLIP_DOWNLOAD_DEST",
                        folder.resolve("scratch").toString()));
        process.awaitApi();
        api = new ApiClient(process.api(), null);
        client = new TranscodeClient(CLOUD, resources, api);
    }

    /** @return id of its job */
    private String upload(String when) {
        String key = "uploads/" + when + ".mp4";
        client.upload(key, UploadedFilms.film(when));
        return await().atMost(PATIENCE)
                .until(() -> client.jobs(key), jobs -> !jobs.isEmpty())
                .get(0)
                .path("jobId")
                .asText();
    }

    private void awaitFailedAttempt(String id) {
        process.await(
                PATIENCE, () -> process.lines().stream().anyMatch(line -> line.contains(id + ": attempt 1 failed")));
    }

    private void kill(String id) throws InterruptedException {
        process.killHard();
        process.awaitExit(PATIENCE);
        keys.put(id, client.key(id).get("key").b().asByteArray());
        ENGINE.reset();
        CLOUD.failS3(0, new Random(0));
    }

    private JsonNode job(String id) {
        return api.get("/jobs/" + id).body();
    }

    private static List<JsonNode> engineJobs(String id) {
        return ENGINE.jobs().stream()
                .filter(one -> one.at("/userMetadata/jobId").asText().equals(id))
                .toList();
    }

    /** One conversion, one key, one announcement, and a stream that plays. */
    private void assertWhole(String id) throws Exception {
        assertThat(engineJobs(id)).hasSize(1);
        assertThat(client.heardOf(id)).hasSize(1);
        String prefix = "transcodes/" + id + "/1/";
        assertThat(client.objects(id)).isNotEmpty().allMatch(object -> object.startsWith(prefix));
        assertThat(client.object(prefix + "key.key")).isEqualTo(keys.get(id));
        HttpPlayer player = new HttpPlayer();
        String link = api.post("/jobs/" + id + "/playlist-token", "")
                .body()
                .path("url")
                .asText();
        List<URI> renditions = player.renditions(process.api().resolve(link));
        assertThat(renditions).isNotEmpty();
        for (URI rendition : renditions) {
            assertThat(Identical.to(StreamFilms.spec(), UploadedFilms.FRAMES, player.download(rendition, folder)))
                    .as("%s", rendition)
                    .isEmpty();
        }
    }
}
