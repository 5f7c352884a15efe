package routes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import routes.cut.Source;

/**
 * An interval over consecutive recordings of {@link BenchFootage#LENGTH}, which alternate between the first and the
 * second.
 *
 * @param from milliseconds after the first recording's start, inclusive
 * @param to milliseconds after the first recording's start, exclusive
 */
record Interval(String name, long from, long to) {
    /** Spans two recordings; neither end is at a keyframe. */
    static final Interval BORDER = ofMinute("border", 570_300);

    static final Interval INSIDE = ofMinute("inside", 481_000);
    static final Interval KEYFRAME = ofMinute("keyframe", 480_000);
    static final List<Interval> MEASURED = List.of(BORDER, INSIDE, KEYFRAME);

    /**
     * The interval of one recording.
     *
     * @param from milliseconds after its start, inclusive
     * @param to milliseconds after its start, exclusive
     */
    record Part(Path file, long index, long from, long to) {
        String fromSeconds() {
            return String.valueOf(from / 1000.0);
        }

        String toSeconds() {
            return String.valueOf(to / 1000.0);
        }

        String lengthSeconds() {
            return String.valueOf((to - from) / 1000.0);
        }
    }

    static Interval of(String name, long from, Duration length) {
        return new Interval(name, from, from + length.toMillis());
    }

    private static Interval ofMinute(String name, long from) {
        return of(name, from, Duration.ofMinutes(1));
    }

    List<Part> parts(BenchFootage footage) {
        long each = BenchFootage.LENGTH.toMillis();
        List<Part> parts = new ArrayList<>();
        for (long index = from / each; index * each < to; index++) {
            long start = index * each;
            Path file = index % 2 == 0 ? footage.first() : footage.second();
            parts.add(new Part(file, index, Math.max(from, start) - start, Math.min(to, start + each) - start));
        }
        return parts;
    }

    List<Source> sources(BenchFootage footage, Instant epoch) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (Part part : parts(footage)) {
            Instant start = epoch.plus(BenchFootage.LENGTH.multipliedBy(part.index()));
            sources.add(new Source(
                    part.file().getFileName().toString(),
                    part.file(),
                    Files.size(part.file()),
                    "etag",
                    start,
                    start.plus(BenchFootage.LENGTH),
                    start.plusMillis(part.from()),
                    start.plusMillis(part.to())));
        }
        return sources;
    }
}
