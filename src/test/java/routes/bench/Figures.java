package routes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Measured figures by name; each is the median of its measurements. */
final class Figures {
    private final Map<String, List<Double>> measured = new TreeMap<>();

    void add(String name, double value) {
        measured.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    /** Adds {@code name.wall}, {@code name.cpu} and {@code name.rss}. */
    void add(String name, Usage usage) {
        add(name + ".wall", usage.wall());
        add(name + ".cpu", usage.cpu());
        add(name + ".rss", usage.memory());
    }

    /** Sets a figure to the ratio of two others, if both were measured. */
    void setRatio(String name, String figure, String reference) {
        if (measured.containsKey(figure) && measured.containsKey(reference)) {
            measured.put(name, List.of(median(figure) / median(reference)));
        }
    }

    /** @return NaN if nothing was measured */
    double median(String name) {
        List<Double> sorted =
                measured.getOrDefault(name, List.of()).stream().sorted().toList();
        int middle = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Writes one line {@code name,value} per figure. */
    void write(Path file) throws IOException {
        StringBuilder lines = new StringBuilder();
        measured.keySet().forEach(name -> lines.append(String.format(Locale.ROOT, "%s,%.6g%n", name, median(name))));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, lines);
    }
}
