package routes.cut;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import routes.mp4.Movie;
import routes.mp4.Samples;
import routes.mp4.Track;

/**
 * Samples that two overlapping recordings have in common. Cameras that buffer video write the same frames to the end of one
 * recording and to the start of the next. Their sizes identify them, whatever the clocks say.
 */
final class RepeatedSamples {
    /** Maximum difference between the clocks of two recordings. */
    private static final Duration CLOCKS = Duration.ofMillis(120);

    private RepeatedSamples() {}

    /**
     * @param earlier recording with one part
     * @param later recording with one part
     * @return when the earlier recording shows the first frame of the later one, UTC; empty if the end of the earlier one is
     *     not the start of the later one
     */
    static Optional<Instant> begin(Source earlier, Movie earlierMovie, Source later, Movie laterMovie) {
        List<Track> ends = earlierMovie.pictures();
        List<Track> starts = laterMovie.pictures();
        if (ends.size() != 1 || starts.size() != 1) {
            return Optional.empty();
        }
        Samples first = ends.get(0).samples();
        Samples second = starts.get(0).samples();
        if (second.count() == 0 || starts.get(0).firstShown().isEmpty()) {
            return Optional.empty();
        }
        Instant start = later.start().plus(starts.get(0).sinceOrigin(second.time(0)));
        for (int key = first.keyframes().length() - 1;
                key >= 0;
                key = first.keyframes().previousSetBit(key - 1)) {
            Instant shown = earlier.start().plus(ends.get(0).sinceOrigin(first.time(key)));
            Duration off = Duration.between(shown, start);
            if (off.compareTo(CLOCKS) > 0) {
                return Optional.empty();
            }
            if (off.abs().compareTo(CLOCKS) <= 0 && endsWithStartOf(first, key, second)) {
                return Optional.of(shown);
            }
        }
        return Optional.empty();
    }

    private static boolean endsWithStartOf(Samples first, int from, Samples second) {
        int common = first.count() - from;
        if (common >= second.count()) {
            return false;
        }
        for (int i = 0; i < common; i++) {
            if (first.size(from + i) != second.size(i)
                    || first.keyframes().get(from + i) != second.keyframes().get(i)) {
                return false;
            }
        }
        return true;
    }
}
