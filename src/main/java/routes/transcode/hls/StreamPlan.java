package routes.transcode.hls;

import java.util.List;
import java.util.stream.Collectors;
import routes.mp4.Track;
import routes.settings.Settings.Transcode.Segments;

/**
 * How a film becomes a stream.
 *
 * @param renditions the largest first
 * @param starts of the segments, in microseconds from the film's start
 * @param copiesSound whether sound, if there is any, is copied too
 * @param isIndependent whether no frame refers to one before its segment
 */
public record StreamPlan(
        Film film,
        FilmTimes times,
        Segments container,
        List<Rendition> renditions,
        List<Long> starts,
        boolean copiesSound,
        boolean isIndependent) {
    private static final int EXPECTED_SECONDS = 600;
    private static final long SOUND_BITS = 128_000;

    boolean hasPicture() {
        return renditions.get(0).width() > 0;
    }

    boolean isEncoded() {
        return renditions.get(0).isEncoded();
    }

    boolean hasSound() {
        return times.movie().audio().isPresent();
    }

    Track picture() {
        return times.movie().pictures().get(0);
    }

    boolean isFragmentedMp4() {
        return container == Segments.FMP4;
    }

    /** @return extension of the segments' names */
    String extension() {
        return isFragmentedMp4() ? "m4s" : "ts";
    }

    /** @return when sound that outlasts the picture ends, in microseconds; 0 if none does */
    long endOfSoundAlone() {
        long alone = hasPicture() ? times.soundAlone(film.bytes()) : 0;
        return alone == 0 ? 0 : times.pictureLength() + alone;
    }

    /**
     * Segments begin with keyframes, so that long sound without a picture would be one segment.
     *
     * @return until when the last frame is repeated, in microseconds; 0 if it is not
     */
    long lastFrameHeldUntil() {
        return isEncoded() && Keyframes.isPictureTooShort(times, film.bytes()) ? endOfSoundAlone() : 0;
    }

    /** @return microseconds of all renditions together */
    long lengthOfAll() {
        return times.length() * renditions.size();
    }

    /**
     * @return bytes that wait to be stored at most. A copy is written at once; an encoder is slower than storage, so at most
     *     ten minutes wait
     */
    long expectedBytes() {
        if (!isEncoded()) {
            return film.bytes() + film.bytes() / 8;
        }
        long seconds = Math.min(EXPECTED_SECONDS, 1 + times.length() / FilmTimes.SECOND);
        return renditions.stream()
                .mapToLong(r -> (r.cap() + SOUND_BITS) / Byte.SIZE * seconds)
                .sum();
    }

    /** @return for the job's step */
    public String text() {
        return renditions.stream().map(Rendition::name).collect(Collectors.joining(" "));
    }
}
