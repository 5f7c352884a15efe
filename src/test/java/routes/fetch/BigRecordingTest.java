package routes.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.CamclipsApplication;
import routes.mp4.Movie;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.Footage;
import routes.support.FootageSpec;
import routes.support.LocalCloud;
import routes.support.LocalFfmpeg;
import routes.support.LocalResources;
import routes.support.ServiceProcess;

/** A service with a small heap, and a recording that is larger than that heap. */
@Tag("full")
class BigRecordingTest {
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final FootageSpec SPEC = FootageSpec.standard()
            .withSize(1920, 1080)
            .withFps(30, 1)
            .withGop(60)
            .withExtra(
                    "-crf",
                    "-1",
                    "-b:v",
                    "5M",
                    "-minrate",
                    "5M",
                    "-maxrate",
                    "5M",
                    "-bufsize",
                    "5M",
                    "-x264-params",
                    "nal-hrd=cbr");
    private static final Pattern AFTER_COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(");

    @TempDir
    Path folder;

    @Test
    void tenMinutesOfFullHdPassAHeapOf256Megabytes() throws Exception {
        LocalCloud cloud = LocalCloud.shared();
        LocalResources resources = cloud.newResources("-big");
        ClipClient client = new ClipClient(cloud, resources);
        Path recording = tenMinutes();
        assertThat(Files.size(recording)).isGreaterThan(350_000_000L);
        Instant start = Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        Path collections = folder.resolve("gc.log");
        String clipId = ClipClient.newId();
        try (CameraApi cameras = new CameraApi();
                ServiceProcess service = ServiceProcess.start(
                        CamclipsApplication.class,
                        List.of("-Xmx256m", "-Xlog:gc:file=" + collections),
                        environment(cloud, resources, cameras))) {
            cloud.s3().putObject(r -> r.bucket(resources.originBucket()).key("rewind/big.mp4"), recording);
            cameras.addRecording(CameraApi.ALIAS, start, start.plus(LENGTH), "big.mp4");

            Instant from = start.plusSeconds(590).plusMillis(10);
            client.send(ClipClient.request(clipId, from, from.plusSeconds(3)).toString());

            client.awaitStatus(clipId, "DONE");
            await().until(() -> scratch().isEmpty());
        }
        Path clip = client.download(CameraApi.CAMERA_ID + "/" + clipId + ".mp4", folder.resolve("clip.mp4"));
        assertThat(Movie.read(clip).video().orElseThrow().samples().count()).isEqualTo(90);
        assertThat(largestHeap(collections))
                .as("MB in use after any collection")
                .isLessThan(80);
    }

    /** Ten seconds of footage repeated: only the size matters. */
    private Path tenMinutes() throws Exception {
        Path tenSeconds = Footage.record(folder.resolve("10s.mp4"), SPEC, 0, 300, Instant.EPOCH);
        Path all = folder.resolve("big.mp4");
        Process ffmpeg = new ProcessBuilder(
                        LocalFfmpeg.path().toString(),
                        "-v",
                        "error",
                        "-stream_loop",
                        "59",
                        "-i",
                        tenSeconds.toString(),
                        "-c",
                        "copy",
                        "-movflags",
                        "+faststart",
                        all.toString())
                .inheritIO()
                .start();
        assertThat(ffmpeg.waitFor()).isZero();
        return all;
    }

    private Map<String, String> environment(LocalCloud cloud, LocalResources resources, CameraApi cameras) {
        Map<String, String> environment = new HashMap<>(cloud.environment(resources));
        environment.put("CAM_SERVICES_URL", cameras.baseUrl().toString());
        environment.put("CLIP_URL", "https://clips.example.com");
        environment.put("FFMPEG", LocalFfmpeg.path().toString());
        environment.put("CLIP_DOWNLOAD_DEST", folder.resolve("scratch").toString());
        environment.put("SERVER_PORT", "0");
        environment.put("MANAGEMENT_PORT", "0");
        return environment;
    }

    private List<Path> scratch() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("scratch"))) {
            return files.filter(f -> f.toString().endsWith(".mp4")).toList();
        }
    }

    private static int largestHeap(Path collections) throws IOException {
        try (Stream<String> lines = Files.lines(collections)) {
            return lines.map(AFTER_COLLECTION::matcher)
                    .filter(Matcher::find)
                    .mapToInt(m -> Integer.parseInt(m.group(2)))
                    .max()
                    .orElseThrow();
        }
    }
}
