package routes.support;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A stream that a camera sends without end, or until it stopped. A fragment is listed once it is complete. */
final class RollingStream implements LiveStream {
    private static final int FILES = 50;

    private final FootageSpec spec;
    private final Instant epoch;
    private final Duration length;
    private final Instant stopped;
    private final Path folder;
    private final Cache<Long, Path> files = Caffeine.newBuilder()
            .maximumSize(FILES)
            .removalListener(RollingStream::removed)
            .build();

    /**
     * @param epoch instant of frame 0
     * @param length of a fragment
     * @param stopped end of the stream
     * @param folder of its files
     */
    RollingStream(FootageSpec spec, Instant epoch, Duration length, Instant stopped, Path folder) {
        this.spec = spec;
        this.epoch = epoch;
        this.length = length;
        this.stopped = stopped;
        this.folder = folder;
    }

    @Override
    public List<LocalFragment> fragments(Instant from, Instant to) {
        Instant now = Instant.now();
        Instant end = stopped.isBefore(now) ? stopped : now;
        List<LocalFragment> listed = new ArrayList<>();
        Instant first = from.minus(CLOCK_AHEAD);
        long index = first.isBefore(epoch)
                ? 0
                : Duration.between(epoch, first).plus(length).minusNanos(1).dividedBy(length);
        for (long i = index;
                !start(i).plus(CLOCK_AHEAD).isAfter(to) && !start(i + 1).isAfter(end);
                i++) {
            long number = i;
            listed.add(new LocalFragment(i, start(i), length, () -> files.get(number, this::record)));
        }
        return listed;
    }

    private Instant start(long index) {
        return epoch.plus(length.multipliedBy(index));
    }

    private Path record(long index) {
        long frames = spec.framesIn(length);
        Path file = folder.resolve(index + "-" + System.nanoTime() + ".mp4");
        return Footage.record(file, spec, index * frames, frames, start(index));
    }

    private static void removed(Long index, Path file, com.github.benmanes.caffeine.cache.RemovalCause cause) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
