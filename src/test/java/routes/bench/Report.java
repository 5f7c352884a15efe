package routes.bench;

import java.util.List;
import java.util.Locale;

/** The figures as Markdown tables, and each goal with its verdict. */
record Report(Figures figures) {
    private static final List<String> WAYS = List.of("cut", "copy", "job", "a", "b");

    void print() {
        System.out.println();
        System.out.println("| a clip of 60 s | " + columns("wall s") + columns("CPU s") + columns("ffmpeg MB"));
        System.out.println("|---".repeat(1 + 3 * Interval.MEASURED.size()) + "|");
        for (String way : WAYS) {
            System.out.println(
                    "| " + described(way) + " | " + cells(way, "wall") + cells(way, "cpu") + cells(way, "rss"));
        }
        System.out.println();
        System.out.println("| job of | wall s | CPU s | bytes fetched / clip |");
        System.out.println("|---|---|---|---|");
        for (int seconds : new int[] {5, 60, 600, 7200}) {
            String name = "length_" + seconds + "s.";
            line(
                    "| %d s | %.2f | %.2f | %.3f |",
                    seconds, median(name + "wall"), median(name + "cpu"), median(name + "bytes_vs_clip"));
        }
        System.out.println();
        for (int jobs : new int[] {1, 2, 4}) {
            String name = "at_once_" + jobs;
            line("%d at once: %.2f s, CPU %.2f s each", jobs, median(name + ".wall"), median(name + ".cpu_each"));
        }
        line(
                "jobs of 20 s: %.0f per minute; %.0f %% of the CPU is the JVM's, %.0f %% neither ffmpeg nor bytes",
                median("service.jobs_per_minute_20s"),
                100 * median("service.jvm_cpu_share"),
                100 * median("service.other_cpu_share"));
        line(
                "heap after a collection: %.1f MB with clips of 5 s, %.1f MB with the longest; service peak %.0f MB",
                median("service.heap_5s_mb"), median("service.heap_2h_mb"), median("service.rss_mb"));
        System.out.println();
        Goal.ALL.forEach(goal -> System.out.println(goal.verdict(figures)));
    }

    private static String columns(String unit) {
        StringBuilder columns = new StringBuilder();
        Interval.MEASURED.forEach(
                i -> columns.append(unit).append(' ').append(i.name()).append(" | "));
        return columns.toString();
    }

    private String cells(String way, String what) {
        StringBuilder cells = new StringBuilder();
        for (Interval interval : Interval.MEASURED) {
            double value = median(interval.name() + "." + way + "." + what);
            cells.append(Double.isNaN(value) ? "–" : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value))
                    .append(" | ");
        }
        return cells.toString();
    }

    private static String described(String way) {
        return switch (way) {
            case "cut" -> "**the cut** (files local, no thumbnails)";
            case "copy" -> "floor: `-c copy` at keyframes";
            case "job" -> "**the job** (message to closed, thumbnails)";
            case "a" -> "way a: each segment decoded from the start and encoded";
            default -> "way b: one re-encode with input seeking";
        };
    }

    private double median(String name) {
        return figures.median(name);
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).replace("NaN", "–"));
    }
}
