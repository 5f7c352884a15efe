package routes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import routes.bench.BenchService.Jobs;
import routes.cut.CutReport;
import routes.cut.CutTrial;

/**
 * Cost of a clip, beside other ways to make it, in one run and in turn. {@code -Dbench.runs=} is the number of
 * measurements (5), {@code -Dbench.slow=} that of the two ways that take minutes (2), {@code -Dbench.longest=} the
 * longest clip in seconds (7200). Only errors fail it: figures are for people to judge.
 */
@Tag("bench")
class BenchTest {
    private static final int RUNS = Integer.getInteger("bench.runs", 5);
    private static final int SLOW_RUNS = Integer.getInteger("bench.slow", 2);
    private static final Duration LONGEST = Duration.ofSeconds(Integer.getInteger("bench.longest", 7200));
    private static final int WARM_UP = 20;
    private static final int SHORT_CLIPS = 60;
    private static final int RANDOM_CUTS = 200;
    private static final long SEED = 7;
    private static final Interval FIVE_SECONDS = Interval.of("5s", 301_300, Duration.ofSeconds(5));
    private static final Interval NO_BYTES = Interval.of("2 frames", 300_000, Duration.ofMillis(50));

    @TempDir
    Path folder;

    private final Figures figures = new Figures();

    @Test
    void clipCosts() throws Exception {
        BenchFootage footage = BenchFootage.recorded();
        try (BenchService service = new BenchService(footage, Files.createDirectory(folder.resolve("service")))) {
            warmUp(footage, service);
            for (int run = 0; run < RUNS; run++) {
                for (Interval interval : Interval.MEASURED) {
                    measure(run, interval, footage, service);
                }
                write();
            }
            edges(footage);
            lengths(service);
            atOnce(service);
            throughput(service);
            write();
            figures.add("service.rss_mb", service.memory());
            heap(service);
        }
        write();
        new Report(figures).print();
    }

    private void warmUp(BenchFootage footage, BenchService service) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            service.run(List.of(FIVE_SECONDS));
            cut(FIVE_SECONDS, footage);
        }
    }

    private void measure(int run, Interval interval, BenchFootage footage, BenchService service) throws Exception {
        String name = interval.name();
        var parts = interval.parts(footage);
        figures.add(name + ".cut", Usage.of(() -> cut(interval, footage)));
        figures.add(name + ".copy", inFreshFolder(ways -> ways.copy(parts)));
        Jobs job = service.run(List.of(interval));
        figures.add(name + ".job", job.usage());
        figures.add(name + ".job.jvm", job.jvm());
        figures.add(name + ".bytes_vs_clip", (double) job.fetched() / job.stored());
        if (run < SLOW_RUNS && !interval.equals(Interval.KEYFRAME)) {
            figures.add(name + ".a", inFreshFolder(ways -> ways.decodeAndEncode(parts)));
            figures.add(name + ".b", inFreshFolder(ways -> ways.seekAndEncode(parts)));
        }
    }

    private void cut(Interval interval, BenchFootage footage) throws IOException {
        Path clip = folder.resolve("clip.mp4");
        CutReport report = CutTrial.cutAlone(folder.resolve("cut"), interval.sources(footage, Instant.EPOCH), clip);
        figures.add(interval.name() + ".reencoded", report.reencoded());
        Files.delete(clip);
    }

    private interface Way {
        void make(OtherWays ways) throws Exception;
    }

    private Usage inFreshFolder(Way way) throws Exception {
        Path work = Files.createTempDirectory(folder, "way");
        Usage usage = Usage.of(() -> way.make(new OtherWays(work)));
        FileSystemUtils.deleteRecursively(work);
        return usage;
    }

    private void lengths(BenchService service) throws IOException {
        for (int seconds : new int[] {5, 60, 600, 7200}) {
            Duration length = Duration.ofSeconds(seconds);
            int runs = seconds > 600 ? 1 : RUNS;
            for (int run = 0; run < runs && length.compareTo(LONGEST) <= 0; run++) {
                Jobs job = service.run(List.of(Interval.of("length", 301_300, length)));
                figures.add("length_" + seconds + "s", job.usage());
                figures.add("length_" + seconds + "s.bytes_vs_clip", (double) job.fetched() / job.stored());
            }
        }
    }

    private void atOnce(BenchService service) throws IOException {
        for (int run = 0; run < RUNS; run++) {
            for (int jobs : new int[] {1, 2, 4}) {
                Jobs all = service.run(Collections.nCopies(jobs, Interval.BORDER));
                figures.add("at_once_" + jobs + ".wall", all.wall());
                figures.add("at_once_" + jobs + ".cpu_each", all.cpu() / jobs);
            }
        }
    }

    /** The service's cost of a job without ffmpeg and without bytes is that of a job with hardly any bytes. */
    private void throughput(BenchService service) throws IOException {
        Random random = new Random(SEED);
        List<Interval> clips = new ArrayList<>();
        for (int i = 0; i < SHORT_CLIPS; i++) {
            clips.add(Interval.of("20s", random.nextInt(1_180_000), Duration.ofSeconds(20)));
        }
        Jobs all = service.run(clips);
        Jobs tiny = service.run(Collections.nCopies(SHORT_CLIPS, NO_BYTES));
        figures.add("service.jobs_per_minute_20s", SHORT_CLIPS / all.wall() * 60);
        figures.add("service.other_cpu_share", tiny.jvm() / all.cpu());
        figures.add("service.jvm_cpu_share", all.jvm() / all.cpu());
    }

    private void heap(BenchService service) throws Exception {
        double small = service.liveHeap(FIVE_SECONDS, Duration.ofSeconds(10));
        double large = service.liveHeap(Interval.of("longest", 301_300, LONGEST), Duration.ZERO);
        figures.add("service.heap_5s_mb", small);
        figures.add("service.heap_2h_mb", large);
        figures.add("service.heap_2h_vs_5s", large / small);
    }

    /** Frames encoded for random minutes, planned from the recordings' sample tables alone. */
    private void edges(BenchFootage footage) throws IOException {
        Random random = new Random(SEED);
        double frames = 0;
        for (int i = 0; i < RANDOM_CUTS; i++) {
            Interval interval = Interval.of("random", random.nextInt(1_140_000), Duration.ofMinutes(1));
            frames += CutTrial.plan(interval.sources(footage, Instant.EPOCH)).reencoded();
        }
        figures.add("edges.reencoded_mean_vs_gop", frames / RANDOM_CUTS / BenchFootage.GOP);
    }

    /** After each stage, so that an interrupted run keeps its figures. */
    private void write() throws IOException {
        for (Interval interval : Interval.MEASURED) {
            String name = interval.name();
            figures.setRatio(name + ".job_cpu_vs_a", name + ".job.cpu", name + ".a.cpu");
            figures.setRatio(name + ".job_cpu_vs_b", name + ".job.cpu", name + ".b.cpu");
            figures.setRatio(name + ".cut_wall_vs_copy", name + ".cut.wall", name + ".copy.wall");
            figures.setRatio(name + ".ffmpeg_rss_vs_a", name + ".job.rss", name + ".a.rss");
        }
        figures.write(Path.of("target", "bench.csv"));
    }
}
