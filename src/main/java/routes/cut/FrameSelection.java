package routes.cut;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import routes.failure.FootageMissingException;
import routes.failure.FootageUnusableException;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.PackedLongColumn;
import routes.mp4.Track;

/**
 * The frames that a clip takes from one recording, or from one part of it, by the recording's own tables.
 *
 * @param wanted presentation times in ticks, ascending; at least one
 */
public record FrameSelection(Source source, Movie movie, Track video, PackedLongColumn wanted) {
    private static final long MICROS = 1_000_000;
    /** Seconds from the beginning of a piece to its first frame; where nothing moves, some cameras write none. */
    private static final long LONGEST_WAIT = 1;

    private static final long NANOS = 1_000_000_000;

    /**
     * @return one for each part of a source that shows anything within its piece, in the same order
     * @throws FootageUnusableException when none does
     * @throws FootageMissingException when a recording is not whole yet
     */
    public static List<FrameSelection> of(List<Source> sources) throws IOException {
        List<FrameSelection> spans = new ArrayList<>();
        for (Source source : sources) {
            spans.addAll(of(source));
        }
        if (spans.isEmpty()) {
            throw new FootageUnusableException("the recordings show no frame within the interval");
        }
        return spans;
    }

    private static List<FrameSelection> of(Source source) throws IOException {
        try {
            return of(source, Movie.read(source.file()));
        } catch (MalformedMp4Exception e) {
            if (e.isUnfinished()) {
                throw new FootageMissingException("a recording is not whole: " + e.getMessage());
            }
            throw new FootageUnusableException("a recording cannot be read: " + e.getMessage());
        }
    }

    /**
     * @return empty where the recording shows nothing within its piece
     * @throws FootageUnusableException when it has no picture, or is encrypted
     */
    public static List<FrameSelection> of(Source source, Movie movie) {
        for (Track track : movie.tracks()) {
            if (track.entry().isEncrypted()) {
                throw new FootageUnusableException("a recording is encrypted: its samples are '"
                        + track.entry().type() + "'");
            }
        }
        List<Track> pictures = movie.pictures();
        if (pictures.isEmpty()) {
            throw new FootageUnusableException("a recording has no picture");
        }
        List<FrameSelection> spans = new ArrayList<>();
        for (Track video : pictures) {
            long from = video.origin() + ticks(Duration.between(source.start(), source.from()), video.timescale());
            long to = video.origin() + ticks(Duration.between(source.start(), source.to()), video.timescale());
            FrameSelection span = of(source, movie, video, from, to);
            if (span.frames() > 0) {
                spans.add(span);
            }
        }
        return spans;
    }

    /** A frame that is still shown a second into the piece is a part of it, as if it were shown anew where that begins. */
    private static FrameSelection of(Source source, Movie movie, Track video, long from, long to) {
        PackedLongColumn wanted = video.shown(from, to);
        long next = wanted.count() > 0 ? wanted.get(0) : to;
        PackedLongColumn before = next - from > video.timescale() * LONGEST_WAIT
                ? video.shown(Long.MIN_VALUE, from)
                : video.shown(from, from);
        if (before.count() == 0) {
            return new FrameSelection(source, movie, video, wanted);
        }
        long still = before.get(before.count() - 1);
        if (still + video.durationAt(still) <= from) {
            return new FrameSelection(source, movie, video, wanted);
        }
        Track held = video.showing(still, from);
        return new FrameSelection(source, movie, held, held.shown(from, to));
    }

    public int frames() {
        return wanted.count();
    }

    /** @return presentation time of the first frame, in ticks */
    public long first() {
        return wanted.get(0);
    }

    /** @return presentation time of the last frame, in ticks */
    public long last() {
        return wanted.get(frames() - 1);
    }

    /** @return ticks that the last frame is shown: until the next, but no longer than wanted */
    long lastDuration() {
        long wantedUntil = video.origin() + ticks(Duration.between(source.start(), source.to()), video.timescale());
        return Math.min(video.durationAt(last()), wantedUntil - last());
    }

    /** @return ticks from the first frame to the end of the last */
    public long length() {
        return last() - first() + lastDuration();
    }

    /** @return ticks from the beginning of the recording to the first frame */
    private long offset() {
        return first() - video.origin();
    }

    boolean hasAudio() {
        return movie.audio().isPresent();
    }

    /** @return ticks of the clip from the first frame of another piece to the first one here */
    long ticksAfter(FrameSelection earlier, ClipFormat format) {
        Duration starts = Duration.between(earlier.source.start(), source.start());
        return ticks(starts, format.timescale())
                + format.ticks(offset(), video)
                - format.ticks(earlier.offset(), earlier.video);
    }

    /** @return the exact instant of the first frame, in microseconds since 1970, rounded down */
    long firstMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, source.start()) + micros(offset());
    }

    /** @return a length of this recording in microseconds, rounded down */
    long micros(long ticks) {
        long seconds = Math.floorDiv(ticks, video.timescale());
        return seconds * MICROS + Math.floorMod(ticks, video.timescale()) * MICROS / video.timescale();
    }

    /** Rounds up: the first tick that is not before the instant. */
    private static long ticks(Duration offset, long timescale) {
        return offset.getSeconds() * timescale + (offset.getNano() * timescale + NANOS - 1) / NANOS;
    }
}
