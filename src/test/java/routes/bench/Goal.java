package routes.bench;

import java.util.List;
import java.util.Locale;

/**
 * An upper limit of a figure.
 *
 * @param figure its name in {@code bench.csv}
 * @param most inclusive
 */
record Goal(String figure, double most) {
    static final List<Goal> ALL = List.of(
            new Goal("border.job_cpu_vs_a", 0.012),
            new Goal("inside.job_cpu_vs_a", 0.012),
            new Goal("border.job_cpu_vs_b", 0.022),
            new Goal("inside.job_cpu_vs_b", 0.022),
            new Goal("border.cut_wall_vs_copy", 6),
            new Goal("inside.cut_wall_vs_copy", 6),
            new Goal("keyframe.cut_wall_vs_copy", 1.5),
            new Goal("border.bytes_vs_clip", 1.03),
            new Goal("inside.bytes_vs_clip", 1.03),
            new Goal("border.ffmpeg_rss_vs_a", 0.55),
            new Goal("inside.ffmpeg_rss_vs_a", 0.55),
            new Goal("edges.reencoded_mean_vs_gop", 0.55),
            new Goal("service.rss_mb", 350),
            new Goal("service.heap_2h_vs_5s", 1.1));

    String verdict(Figures figures) {
        double value = figures.median(figure);
        String met = Double.isNaN(value) ? "not measured" : value <= most ? "met" : "NOT MET";
        return String.format(Locale.ROOT, "%-30s %10.4f  at most %-8s %s", figure, value, most, met);
    }
}
