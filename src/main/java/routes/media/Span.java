package routes.media;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import routes.failure.FootageMissing;
import routes.failure.FootageUnusable;
import routes.media.mp4.BrokenMovie;
import routes.media.mp4.Movie;
import routes.media.mp4.Track;

/**
 * The frames that a clip takes from one recording, by the recording's own tables.
 *
 * @param first presentation time of the first frame, in ticks
 * @param last presentation time of the last frame, in ticks
 * @param frames how many, 0 where the recording shows nothing within its piece
 * @param hasAudio whether there is sound beside them
 */
record Span(Source source, Track video, long first, long last, int frames, boolean hasAudio) {
    private static final long MICROS = 1_000_000;

    static Span of(Source source) throws IOException {
        Movie movie;
        try {
            movie = Movie.read(source.file());
        } catch (BrokenMovie e) {
            throw new FootageMissing("a recording is not whole: " + e.getMessage());
        }
        Track video = movie.video().orElseThrow(() -> new FootageUnusable("a recording has no picture"));
        long from = ticks(Duration.between(source.start(), source.from()), video.timescale());
        long to = ticks(Duration.between(source.start(), source.to()), video.timescale());
        long[] shown = video.shown(from, to);
        boolean none = shown.length == 0;
        return new Span(
                source,
                video,
                none ? from : shown[0],
                none ? from : shown[shown.length - 1],
                shown.length,
                movie.audio().isPresent());
    }

    /** @return the exact instant of the first frame, in microseconds since 1970, rounded down */
    long firstMicros() {
        Instant start = source.start();
        return start.getEpochSecond() * MICROS
                + start.getNano() / 1000
                + Math.floorDiv(first * MICROS, video.timescale());
    }

    /** @return the first frame's time in the recording, in microseconds, rounded down */
    long seekMicros() {
        return Math.floorDiv(first * MICROS, video.timescale());
    }

    /** @return microseconds from the first frame to the end of the last */
    long micros() {
        return (last - first + video.lastDuration()) * MICROS / video.timescale();
    }

    /** Rounds up: the first tick that is not before the instant. */
    private static long ticks(Duration offset, long timescale) {
        return -Math.floorDiv(-offset.toMillis() * timescale, 1000);
    }
}
