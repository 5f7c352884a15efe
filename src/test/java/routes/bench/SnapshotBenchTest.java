package routes.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.cut.StillCommand;
import routes.cut.StillFrame;
import routes.mp4.Movie;
import routes.support.Footage;
import routes.support.FootageSpec;
import routes.support.KinesisVideoServer;
import routes.support.LocalCloud;
import routes.support.LocalFfmpeg;
import routes.support.LocalResources;
import routes.support.PictureClient;
import routes.support.ServiceProcess;

/**
 * Time of a snapshot of a live stream, beside the floor: one ffmpeg that seeks to the end of the same local file. Both in
 * turn, warm, with the same ffmpeg; the service, LocalCloud and the clients share this machine's cores.
 */
@Tag("bench")
class SnapshotBenchTest {
    private static final int RUNS = 11;
    private static final int WARM_UP = 30;
    private static final int CLIENTS = 8;
    private static final Duration FRAGMENT = Duration.ofSeconds(2);

    private final KinesisVideoServer streams = LocalCloud.shared().kinesisVideo();
    private final Figures figures = new Figures();
    private final AtomicInteger requests = new AtomicInteger();

    @TempDir
    Path folder;

    private record Kind(String name, FootageSpec spec) {
        static final Kind LARGE = new Kind(
                "1080p30",
                FootageSpec.standard()
                        .withSize(1920, 1080)
                        .withFps(30, 1)
                        .withGop(60)
                        .withBFrames(2));
        /** The stream of the earlier system, 1 Mbit/s. */
        static final Kind SMALL = new Kind(
                "360p5", FootageSpec.standard().withFps(5, 1).withGop(10).withExtra("-b:v", "1M", "-crf", "20"));
    }

    @Test
    void snapshotsOfLiveStreams() throws Exception {
        LocalResources resources = LocalCloud.shared().newResources("-snapshot-bench");
        Map<String, String> settings = Map.of(
                "ROLE", "api",
                "API_RATE", "1000000",
                "API_BURST", "1000000",
                "SNAPSHOT_WORKERS", "8",
                "CLIP_DOWNLOAD_DEST", folder.resolve("scratch").toString());
        LocalCloud.shared().exportToSystemProperties();
        try (ServiceProcess service = ServiceProcess.service(resources, settings)) {
            PictureClient client = new PictureClient(service.api(), null);
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> client.get("/streams/sample/snapshot.jpg").statusCode() == 200);
            for (Kind kind : List.of(Kind.LARGE, Kind.SMALL)) {
                measure(kind, client);
            }
        }
        figures.write(Path.of("target", "bench-snapshot.csv"));
    }

    private void measure(Kind kind, PictureClient client) throws Exception {
        Path clip = folder.resolve(kind.name + ".mp4");
        long frames = kind.spec.framesIn(FRAGMENT);
        Footage.record(clip, kind.spec, 0, frames, Instant.EPOCH);
        streams.put(kind.name, clip, Instant.now().minusSeconds(5), FRAGMENT);
        StillFrame frame = StillFrame.last(clip, Movie.read(clip)).orElseThrow().ofPictures();
        Callable<Void> floor = () -> ffmpeg(List.of(
                "-sseof", "-0.1", "-i", clip.toString(), "-map", "0:v:0", "-frames:v", "1", "-q:v", "6", out()));
        Callable<Void> part = () -> {
            Path excerpt = Files.createTempFile(folder, "excerpt", ".mp4");
            frame.writeExcerpt(excerpt);
            return ffmpeg(StillCommand.of(frame, excerpt.toString(), 0, 80, out()));
        };
        Callable<Void> whole = () -> request(kind, client);
        for (int i = 0; i < WARM_UP; i++) {
            whole.call();
        }
        streams.put(kind.name, clip, Instant.now().minusSeconds(5), FRAGMENT);
        for (int run = 0; run < RUNS; run++) {
            figures.add(kind.name + ".floor", millis(floor));
            figures.add(kind.name + ".ffmpeg", millis(part));
            figures.add(kind.name + ".request", millis(whole));
        }
        List<Double> floors = atOnce(floor);
        streams.put(kind.name, clip, Instant.now().minusSeconds(5), FRAGMENT);
        List<Double> requested = atOnce(whole);
        print(kind, floors, requested);
    }

    private String out() throws IOException {
        return Files.createTempFile(folder, "still", ".jpg").toString();
    }

    private static Void ffmpeg(List<String> arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(LocalFfmpeg.path().toString(), "-nostdin", "-v", "error", "-y"));
        line.addAll(arguments);
        int exit = new ProcessBuilder(line).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("ffmpeg ended with " + exit);
        }
        return null;
    }

    /** No two requests are equal, so none shares an outcome. */
    private Void request(Kind kind, PictureClient client) {
        int number = requests.getAndIncrement();
        String query = "?quality=80&maxAge=" + (3600 - number % 3000);
        int status =
                client.get("/streams/" + kind.name + "/snapshot.jpg" + query).statusCode();
        if (status != 200) {
            throw new IllegalStateException("answered with " + status);
        }
        return null;
    }

    private static double millis(Callable<Void> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / 1e6;
    }

    /** @return times of 8 clients with 11 requests each, ascending */
    private static List<Double> atOnce(Callable<Void> work) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<List<Double>>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(() -> {
                    List<Double> times = new ArrayList<>();
                    for (int run = 0; run < RUNS; run++) {
                        times.add(millis(work));
                    }
                    return times;
                });
            }
            List<Double> times = new ArrayList<>();
            for (Future<List<Double>> done : clients.invokeAll(all)) {
                times.addAll(done.get());
            }
            times.sort(null);
            return times;
        } finally {
            clients.shutdownNow();
        }
    }

    private void print(Kind kind, List<Double> floors, List<Double> requested) {
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | floor %.0f ms | ffmpeg %.0f ms | request %.0f ms | 8 clients: floor %.0f ms, request p50 %.0f ms,"
                        + " p95 %.0f ms |",
                kind.name,
                figures.median(kind.name + ".floor"),
                figures.median(kind.name + ".ffmpeg"),
                figures.median(kind.name + ".request"),
                at(floors, 50),
                at(requested, 50),
                at(requested, 95)));
    }

    private static double at(List<Double> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
