package routes.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.settings.Settings.Transcode.Segments;
import routes.support.ApiClient;
import routes.support.FootageSpec;
import routes.support.Leftovers;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.OwnService;
import routes.support.ServiceProcess;
import routes.support.TranscodeClient;
import routes.transcode.hls.StreamFilms;

/** A process is killed at random percentages of a transcode; the next one goes on. Two services do so side by side. */
@Tag("full")
class TranscodeKillTest {
    private static final long SEED = 20_261_129;
    private static final FootageSpec SPEC =
            StreamFilms.spec().withSize(320, 180).withExtra("-pix_fmt", "yuv422p");
    private static final Duration LENGTH = Duration.ofMinutes(2);
    private static final String KEY = "uploads/film.mp4";
    /** Of the ladder below. */
    private static final int RENDITIONS = 2;

    /** Until a process is up, or the message of a killed one is visible again. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final List<Victim> victims = new ArrayList<>();

    @TempDir
    Path folder;

    /** A service whose process is killed again and again. */
    private final class Victim {
        private final LocalResources resources = OwnService.resources();
        private final String segments;
        private ServiceProcess process;
        private TranscodeClient client;
        private String jobId;
        private byte[] key;

        Victim(Segments segments) {
            this.segments = segments.name().toLowerCase(Locale.ROOT);
        }

        Path scratch() {
            return folder.resolve("scratch-" + segments);
        }

        void start() throws IOException {
            process = ServiceProcess.service(
                    resources,
                    Map.of(
                            "TRANSCODE_SEGMENTS",
                            segments,
                            "LADDER",
                            "180 144",
                            "CLIP_DOWNLOAD_DEST",
                            scratch().toString()));
        }

        void awaitStart() {
            process.awaitApi();
            client = new TranscodeClient(LocalCloud.shared(), resources, new ApiClient(process.api(), null));
        }

        void upload(byte[] film) {
            client.upload(KEY, film);
            jobId = await().atMost(PATIENCE)
                    .until(() -> client.jobs(KEY), jobs -> !jobs.isEmpty())
                    .get(0)
                    .path("jobId")
                    .asText();
        }

        int progress() {
            return client.jobs(KEY).get(0).path("progress").asInt();
        }

        void killAt(int percent) {
            process.await(PATIENCE, () -> progress() >= percent);
            List<ProcessHandle> programs = process.programs();
            process.killHard();
            assertThat(programs).as("ffmpeg at work").isNotEmpty();
            // in a container they end with it
            programs.forEach(ProcessHandle::destroyForcibly);
            byte[] now = client.key(jobId).get("key").b().asByteArray();
            assertThat(now).isEqualTo(key == null ? now : key);
            key = now;
        }

        long goesOn() {
            return process.lines().stream()
                    .filter(line -> line.contains("goes on at segment"))
                    .count();
        }

        WholeStream stream() {
            return new WholeStream(resources, client, jobId, SPEC);
        }
    }

    @AfterEach
    void endAll() {
        victims.forEach(victim -> victim.process.close());
    }

    @Test
    void aKilledTranscodeGoesOnAfterTheSegmentsThatAreStored() throws Exception {
        byte[] film = Files.readAllBytes(StreamFilms.record(folder, SPEC, LENGTH));
        Random random = new Random(SEED);
        victims.add(new Victim(Segments.FMP4));
        victims.add(new Victim(Segments.TS));
        start();
        for (Victim victim : victims) {
            victim.upload(film);
        }
        List<Integer> kills = List.of(15 + random.nextInt(30), 50 + random.nextInt(42));
        for (int percent : kills) {
            for (Victim victim : victims) {
                victim.killAt(percent);
            }
            start();
            for (Victim victim : victims) {
                victim.process.await(PATIENCE, () -> victim.goesOn() == 1);
            }
        }
        for (Victim victim : victims) {
            victim.process.await(
                    PATIENCE,
                    () -> victim.client.jobs(KEY).get(0).path("status").asText().equals("DONE"));
            victim.stream().assertWhole(LENGTH, victim.key, folder);
            victim.stream().assertAnnouncedOnce();
            // after each kill one of each rendition, and what was stored of only one of them
            assertThat(victim.stream().segmentsWrittenAgain()).isLessThanOrEqualTo(kills.size() * 2 * RENDITIONS);
            victim.process.stop();
            assertThat(victim.process.awaitExit(PATIENCE)).isPresent();
            assertThat(Leftovers.files(victim.scratch())).isEmpty();
        }
    }

    private void start() throws IOException {
        for (Victim victim : victims) {
            victim.start();
        }
        victims.forEach(Victim::awaitStart);
    }
}
