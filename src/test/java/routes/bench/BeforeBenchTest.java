package routes.bench;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * CPU time of a job, beside that of an earlier build, in turn. {@code -Dbench.before=} is the folder of classes of the
 * earlier build, {@code -Dbench.runs=} the number of measurements (11).
 */
@Tag("bench")
class BeforeBenchTest {
    private static final String BEFORE = System.getProperty("bench.before");
    private static final int RUNS = Integer.getInteger("bench.runs", 11);
    private static final int WARM_UP = 20;
    private static final Interval SHORT = Interval.of("5s", 301_300, Duration.ofSeconds(5));

    private final Figures figures = new Figures();

    @TempDir
    Path folder;

    @Test
    void jobCosts() throws Exception {
        assumeTrue(BEFORE != null, "no earlier build is named by bench.before");
        BenchFootage footage = BenchFootage.recorded();
        try (BenchService now = new BenchService(footage, Files.createDirectory(folder.resolve("now")));
                BenchService before =
                        new BenchService(footage, Files.createDirectory(folder.resolve("before")), Path.of(BEFORE))) {
            for (int i = 0; i < WARM_UP; i++) {
                now.run(List.of(SHORT));
                before.run(List.of(SHORT));
            }
            for (int run = 0; run < RUNS; run++) {
                for (Interval interval : Interval.MEASURED) {
                    figures.add(
                            interval.name() + ".now", now.run(List.of(interval)).cpu());
                    figures.add(
                            interval.name() + ".before",
                            before.run(List.of(interval)).cpu());
                }
            }
        }
        for (Interval interval : Interval.MEASURED) {
            String name = interval.name();
            figures.setRatio(name + ".job_cpu_vs_before", name + ".now", name + ".before");
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %s | now %.2f CPU s | before %.2f CPU s | %.3f |",
                    name,
                    figures.median(name + ".now"),
                    figures.median(name + ".before"),
                    figures.median(name + ".job_cpu_vs_before")));
        }
    }
}
