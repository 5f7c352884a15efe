package routes.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.ApiClient;
import routes.support.FootageSpec;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.OwnService;
import routes.support.ServiceProcess;
import routes.support.TranscodeClient;
import routes.transcode.hls.StreamFilms;

/** The service's heap does not grow with the film, except by its compressed tables. */
@Tag("bench")
class TranscodeHeapTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int HOURS_OF_MINUTES = 120;
    private static final double MOST_MB = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final LocalResources resources = OwnService.resources();
    private TranscodeClient client;

    @TempDir
    Path folder;

    @Test
    void theHeapIsFlatFromAMinuteToTwoHours() throws Exception {
        FootageSpec spec = StreamFilms.spec().withSize(320, 180);
        for (FootageSpec kind :
                new FootageSpec[] {spec, spec.withFps(5, 1).withGop(10).withExtra("-pix_fmt", "yuv422p")}) {
            Path minute = StreamFilms.record(Files.createTempDirectory(folder, "film"), kind, MINUTE);
            Path hours = StreamFilms.ffmpeg(
                    minute.resolveSibling("hours.mp4"),
                    "-stream_loop",
                    Integer.toString(HOURS_OF_MINUTES - 1),
                    "-i",
                    minute.toString(),
                    "-c",
                    "copy");
            Map<String, String> settings =
                    Map.of("CLIP_DOWNLOAD_DEST", folder.resolve("scratch").toString());
            try (ServiceProcess service = ServiceProcess.service(resources, settings)) {
                service.awaitApi();
                client = new TranscodeClient(LocalCloud.shared(), resources, new ApiClient(service.api(), null));
                // loads what any film needs
                liveHeap(service, minute);
                double ofMinute = liveHeap(service, minute);
                double ofHours = liveHeap(service, hours);
                System.out.println(String.format(
                        Locale.ROOT, "heap of a minute: %.1f MB, of two hours: %.1f MB", ofMinute, ofHours));
                assertThat(ofHours - ofMinute).isLessThan(MOST_MB);
            }
        }
    }

    /** @return MB in use after a collection, the most while the film is transcoded */
    private double liveHeap(ServiceProcess service, Path film) throws Exception {
        String key = "uploads/" + System.nanoTime() + ".mp4";
        client.upload(key, Files.readAllBytes(film));
        double[] most = {0};
        try (ServiceHeap heap = new ServiceHeap(service.pid())) {
            service.await(PATIENCE, () -> {
                most[0] = Math.max(most[0], heap.usedAfterCollection());
                return client.jobs(key).stream()
                        .anyMatch(job -> job.path("status").asText().equals("DONE"));
            });
        }
        return most[0];
    }
}
