package routes.transcode.hls;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import routes.mp4.Movie;
import routes.mp4.Samples;
import routes.mp4.Track;

/**
 * When the frames of a film are shown, in microseconds from its start.
 *
 * @param start of the film on the timeline of its container, in microseconds
 */
public record FilmTimes(Movie movie, long start) {
    static final long SECOND = 1_000_000;
    /** Frames of sound. */
    private static final int PADDING = 2;

    static FilmTimes of(Movie movie) {
        long picture = movie.pictures().stream()
                .filter(part -> part.firstShown().isPresent())
                .mapToLong(part -> micros(part.firstShown().getAsLong(), part))
                .min()
                .orElse(Long.MAX_VALUE);
        // what is before 0 primes the decoder
        long sound = movie.audio()
                .map(track -> Math.max(0, micros(track.samples().time(0), track)))
                .orElse(Long.MAX_VALUE);
        return new FilmTimes(movie, Math.min(picture, sound));
    }

    /** @return of the frames, ascending; empty if there is only sound */
    LongStream frames() {
        LongStream all = LongStream.empty();
        for (Track part : movie.pictures()) {
            LongStream shown =
                    part.shown(Long.MIN_VALUE, Long.MAX_VALUE).stream().map(time -> micros(time, part) - start);
            all = LongStream.concat(all, shown);
        }
        return all;
    }

    /** @return of the keyframes of the only part, ascending */
    LongStream keyframes() {
        Track part = movie.pictures().get(0);
        return part.samples().keyframes().stream()
                .mapToLong(index -> micros(part.samples().time(index), part) - start);
    }

    /** @return when the first frame since then is shown */
    OptionalLong firstFrameFrom(long time) {
        return frames().filter(frame -> frame >= time).findFirst();
    }

    /** @return of the picture in frames per second; 0 if there is none. See {@link FrameRate} */
    double frameRate() {
        return FrameRate.of(frames().toArray(), pictureEnd() - start);
    }

    /** @return until the last frame and the last sound have ended */
    long length() {
        return Math.max(1, Math.max(pictureEnd(), soundEnd()) - start);
    }

    /** @return until the last frame has ended; 0 if there is only sound */
    long pictureLength() {
        return pictureEnd() - start;
    }

    /**
     * @param bytes of the film; sound that its tables list after its end is missing
     * @return microseconds of sound after the end of the picture; 0 if they are few enough to be the delay and the padding
     *     of a codec
     */
    long soundAlone(long bytes) {
        if (movie.audio().isEmpty()) {
            return 0;
        }
        Track track = movie.audio().get();
        Samples samples = track.samples();
        int last = samples.count() - 1;
        while (last > 0 && samples.range(last).to() > bytes) {
            last--;
        }
        long frame = duration(track, last);
        long alone = micros(samples.time(last) + frame, track) - pictureEnd();
        return alone > (CopyCheck.isPcm(track) ? 0 : PADDING * micros(frame, track)) ? alone : 0;
    }

    /**
     * @param index of a sample of sound
     * @return ticks that it lasts. PCM has a sample for each of its chunks, and only its bytes tell how long the last one is
     */
    private static long duration(Track sound, int index) {
        Samples samples = sound.samples();
        if (index + 1 < samples.count()) {
            return samples.time(index + 1) - samples.time(index);
        }
        if (index == 0) {
            return samples.lastDuration();
        }
        long before = samples.time(index) - samples.time(index - 1);
        int size = samples.size(index - 1);
        return CopyCheck.isPcm(sound) && size > 0 ? before * samples.size(index) / size : before;
    }

    private long pictureEnd() {
        return movie.pictures().stream()
                .filter(part -> part.lastShown().isPresent())
                .mapToLong(part -> {
                    long last = part.lastShown().getAsLong();
                    return micros(last + part.durationAt(last), part);
                })
                .max()
                .orElse(start);
    }

    private long soundEnd() {
        return movie.audio().stream()
                .mapToLong(track -> {
                    Samples samples = track.samples();
                    int last = samples.count() - 1;
                    long length = CopyCheck.isPcm(track) ? duration(track, last) : samples.lastDuration();
                    return micros(samples.time(last) + length, track);
                })
                .max()
                .orElse(start);
    }

    /** @param ticks of the track; rounds to the nearest microsecond */
    private static long micros(long ticks, Track track) {
        long whole = Math.floorDiv(ticks, track.timescale());
        long rest = Math.floorMod(ticks, track.timescale());
        return whole * SECOND + (rest * SECOND + track.timescale() / 2) / track.timescale();
    }
}
