package routes.cut;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import routes.mp4.Movie;
import routes.mp4.Samples;
import routes.mp4.Track;

/**
 * The samples that two overlapping recordings have in common. Cameras that buffer video write the same frames to the end of
 * one recording and to the start of the next. Their sizes identify them, whatever the clocks say.
 *
 * @param earlier when the earlier recording shows the first frame that the later one has too, UTC; null if there is none
 * @param later when the later recording shows that frame, UTC; null if there is none
 * @param isNone whether the recordings surely have no samples in common
 */
record RepeatedSamples(Instant earlier, Instant later, boolean isNone) {
    static final RepeatedSamples UNKNOWN = new RepeatedSamples(null, null, false);
    private static final RepeatedSamples NONE = new RepeatedSamples(null, null, true);

    /** Maximum difference between the clocks of two recordings. */
    private static final Duration CLOCKS = Duration.ofMillis(120);
    /** Bytes that the first sample of a recording may have in addition: its parameter sets. */
    private static final int SETS = 1024;
    /** Samples after the first one that prove a match if the first one differs. */
    private static final int PROOF = 3;

    /** @return whether the samples are known that the recordings have in common */
    boolean isExact() {
        return earlier != null;
    }

    /** @return the samples in common; unknown for recordings of several parts, or of samples with the same size */
    static RepeatedSamples of(Source earlier, Movie earlierMovie, Source later, Movie laterMovie) {
        List<Track> ends = earlierMovie.pictures();
        List<Track> starts = laterMovie.pictures();
        if (ends.size() != 1 || starts.size() != 1) {
            return UNKNOWN;
        }
        Track end = ends.get(0);
        Track start = starts.get(0);
        OptionalLong shown = firstShown(start);
        if (shown.isEmpty() || end.samples().count() == 0) {
            return UNKNOWN;
        }
        Duration hidden = start.sinceOrigin(shown.getAsLong())
                .minus(start.sinceOrigin(start.samples().time(0)));
        Instant first = later.start().plus(start.sinceOrigin(start.samples().time(0)));
        List<Instant> matches = new ArrayList<>();
        Samples samples = end.samples();
        for (int key = samples.keyframes().length() - 1;
                key >= 0;
                key = samples.keyframes().previousSetBit(key - 1)) {
            Instant at = earlier.start().plus(end.sinceOrigin(samples.time(key)));
            Duration off = Duration.between(at, first);
            if (off.compareTo(CLOCKS) > 0) {
                break;
            }
            if (off.abs().compareTo(CLOCKS) <= 0 && endsWithStartOf(samples, key, start.samples())) {
                matches.add(at);
            }
        }
        if (matches.size() > 1 || (!matches.isEmpty() && isConstant(start.samples()))) {
            return UNKNOWN;
        }
        return matches.isEmpty() ? NONE : new RepeatedSamples(matches.get(0).plus(hidden), first.plus(hidden), false);
    }

    /** Leading pictures of the first keyframe may need pictures before it. */
    private static OptionalLong firstShown(Track track) {
        return track.samples().count() == 0
                ? OptionalLong.empty()
                : track.shown(track.samples().time(0), Long.MAX_VALUE).stream().findFirst();
    }

    private static boolean isConstant(Samples samples) {
        return IntStream.range(1, samples.count()).allMatch(i -> samples.size(i) == samples.size(0));
    }

    private static boolean endsWithStartOf(Samples earlier, int from, Samples later) {
        int common = earlier.count() - from;
        int more = later.size(0) - earlier.size(from);
        boolean sameStart = more == 0 || (Math.abs(more) <= SETS && common > PROOF);
        return common < later.count()
                && sameStart
                && earlier.keyframes().get(from) == later.keyframes().get(0)
                && IntStream.range(1, common)
                        .allMatch(i -> earlier.size(from + i) == later.size(i)
                                && earlier.keyframes().get(from + i)
                                        == later.keyframes().get(i));
    }
}
