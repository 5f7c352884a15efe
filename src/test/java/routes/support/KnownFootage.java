package routes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.util.FileSystemUtils;
import routes.support.DecodedClip.Frame;

/**
 * Consecutive recordings of one {@link FootageKind}, and the frames that a player shows of each: the reference for
 * cuts.
 */
public final class KnownFootage {
    /**
     * One recording.
     *
     * @param start UTC, whole milliseconds: time 0 of the file
     * @param end exclusive, UTC
     * @param frames as presented by a player, times relative to {@code start}
     */
    public record Known(Path file, Instant start, Instant end, List<Frame> frames) {
        /** Presentation time of a frame in microseconds since 1970, rounded. */
        public long micros(Frame frame) {
            return start.toEpochMilli() * 1000 + Math.round(frame.ptsSeconds() * 1e6);
        }
    }

    /** Presentation time of frame 0, for every kind. */
    static final Instant FIRST = Instant.parse("2026-05-04T12:00:00.020Z");

    private static final Map<FootageKind, List<Known>> RECORDED = new EnumMap<>(FootageKind.class);

    private KnownFootage() {}

    /** The recordings of a kind, created once per JVM. */
    public static synchronized List<Known> of(FootageKind kind) {
        return RECORDED.computeIfAbsent(kind, KnownFootage::record);
    }

    private static List<Known> record(FootageKind kind) {
        return IntStream.range(0, kind.recordings.count())
                .parallel()
                .mapToObj(i -> record(kind, i))
                .toList();
    }

    private static Known record(FootageKind kind, int index) {
        FootageSpec spec = kind.recordings.spec(index);
        long frames = Math.round(kind.recordings.seconds() * spec.fps());
        long first = index * (frames - kind.recordings.overlap());
        Instant start = FIRST.plus(spec.lengthOf(first));
        Path file = Holder.FOLDER.resolve(kind + "-" + index + ".mp4");
        try {
            Footage.record(file, spec, first, frames, start);
            kind.alter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Instant zero = start.plusMillis(kind.startShiftMillis());
        return new Known(file, zero, start.plus(spec.lengthOf(frames)), FrameReader.shown(file));
    }

    private static final class Holder {
        private static final Path FOLDER = create();

        private static Path create() {
            try {
                Path folder = Files.createTempDirectory("footage");
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
