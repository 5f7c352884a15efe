package routes.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.Footage;
import routes.support.FootageSpec;
import routes.support.LocalFfmpeg;
import routes.support.LocalResources;
import routes.support.OwnService;
import routes.transcode.hls.BareFfmpeg;
import routes.transcode.hls.ConversionTrial;

/**
 * CPU time of a conversion, beside ffmpeg alone, in turn. The local S3 runs in this JVM, and its threads are not counted.
 * {@code -Dbench.film=} is the length of the copied film in seconds (600), {@code -Dbench.ladder=} that of the encoded
 * one (60), {@code -Dbench.runs=} the number of measurements (3).
 */
@Tag("bench")
class TranscodeBenchTest {
    private static final int FILM = Integer.getInteger("bench.film", 600);
    private static final int LADDER = Integer.getInteger("bench.ladder", 60);
    private static final int RUNS = Integer.getInteger("bench.runs", 3);
    private static final double NANOS = 1e9;
    private static final FootageSpec SPEC = FootageSpec.standard()
            .withSize(1920, 1080)
            .withFps(30, 1)
            .withGop(60)
            .withBFrames(2)
            .withExtra("-crf", "24", "-maxrate", "6M", "-bufsize", "12M");

    private final Figures figures = new Figures();

    @TempDir
    Path folder;

    private interface Work {
        void run() throws Exception;
    }

    @Test
    void conversionCosts() throws Exception {
        Path copied = record("copied", SPEC, FILM);
        Path encoded = record("encoded", SPEC.withExtra("-pix_fmt", "yuv422p"), LADDER);
        LocalResources resources = OwnService.resources();
        try (OwnService service = OwnService.start(resources, Map.of())) {
            ConversionTrial warm = new ConversionTrial(service.camel(), resources.clipsBucket());
            warm.convert(copied);
            for (int run = 0; run < RUNS; run++) {
                ConversionTrial trial = new ConversionTrial(service.camel(), resources.clipsBucket());
                figures.add("copy.service", cpu(() -> trial.convert(copied)));
                figures.add("copy.ffmpeg", cpu(() -> ffmpeg(encrypted(copied))));
            }
            ConversionTrial trial = new ConversionTrial(service.camel(), resources.clipsBucket());
            figures.add("ladder.service", cpu(() -> trial.convert(encoded)));
            figures.add("ladder.ffmpeg", cpu(() -> ffmpeg(BareFfmpeg.arguments(encoded))));
        }
        for (String kind : List.of("copy", "ladder")) {
            double service = figures.median(kind + ".service");
            double alone = figures.median(kind + ".ffmpeg");
            figures.setRatio(kind + ".service_vs_ffmpeg", kind + ".service", kind + ".ffmpeg");
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %s | service %.2f CPU s | ffmpeg %.2f CPU s | %.3f |",
                    kind,
                    service,
                    alone,
                    service / alone));
        }
        figures.write(Path.of("target", "bench-transcode.csv"));
    }

    private Path record(String name, FootageSpec spec, int seconds) throws Exception {
        Path out = Files.createDirectory(folder.resolve(name)).resolve("film.mp4");
        return Footage.record(out, spec, 0, spec.framesIn(Duration.ofSeconds(seconds)), Instant.EPOCH);
    }

    private static List<String> encrypted(Path film) {
        String key = "000102030405060708090a0b0c0d0e0f";
        return List.of(
                "-i",
                film.toString(),
                "-c",
                "copy",
                "-f",
                "hls",
                "-hls_time",
                "6",
                "-hls_list_size",
                "0",
                "-hls_enc",
                "1",
                "-hls_enc_key",
                key,
                "-hls_enc_key_url",
                "key.key",
                "-hls_segment_filename",
                "hls-%05d.ts",
                "hls.m3u8");
    }

    private void ffmpeg(List<String> arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(LocalFfmpeg.path().toString(), "-nostdin", "-v", "error", "-y"));
        line.addAll(arguments);
        Path film = Path.of(arguments.get(arguments.indexOf("-i") + 1));
        Path where = film.isAbsolute() ? film.getParent() : folder.resolve("encoded");
        int exit = new ProcessBuilder(line)
                .directory(where.toFile())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("ffmpeg ended with " + exit);
        }
    }

    private static double cpu(Work work) throws Exception {
        long self = ProcessHandle.current().pid();
        Map<Long, Long> servers = serverTimes();
        double before = processCpu() + ProcessTimes.ofEndedChildren(self);
        work.run();
        double all = processCpu() + ProcessTimes.ofEndedChildren(self) - before;
        double served = 0;
        for (Map.Entry<Long, Long> thread : serverTimes().entrySet()) {
            served += (thread.getValue() - servers.getOrDefault(thread.getKey(), 0L)) / NANOS;
        }
        return all - served;
    }

    private static double processCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / NANOS;
    }

    /** @return CPU time in nanoseconds of the local S3's threads, by their ids */
    private static Map<Long, Long> serverTimes() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<Long, Long> times = new HashMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("S3Proxy")) {
                times.put(thread.getThreadId(), Math.max(0, threads.getThreadCpuTime(thread.getThreadId())));
            }
        }
        return times;
    }
}
