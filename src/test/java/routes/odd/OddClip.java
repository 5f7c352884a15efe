package routes.odd;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import routes.cut.Gap;

/**
 * A clip of odd recordings, and the frames that it has to show.
 *
 * @param from inclusive, UTC
 * @param to exclusive, UTC
 * @param frames numbers of the frames, in order
 * @param gaps that are reported
 * @param hasErrors whether decoding the recordings themselves reports errors
 */
record OddClip(
        List<Recorded> recordings, Instant from, Instant to, List<Long> frames, boolean hasErrors, List<Gap> gaps) {
    /** Presentation time of frame 0. */
    static final Instant ZERO = Instant.parse("2026-05-04T12:00:00.020Z");

    /**
     * A recording as listed by a camera.
     *
     * @param end exclusive, UTC
     */
    record Recorded(Path file, Instant start, Instant end) {}

    /**
     * @param fromMillis milliseconds after {@link #ZERO}, inclusive
     * @param toMillis milliseconds after {@link #ZERO}, exclusive
     */
    static OddClip of(Recorded recording, long fromMillis, long toMillis, Stream<Integer> frames) {
        return of(List.of(recording), fromMillis, toMillis, frames);
    }

    static OddClip of(List<Recorded> recordings, long fromMillis, long toMillis, Stream<Integer> frames) {
        return new OddClip(
                List.copyOf(recordings),
                ZERO.plusMillis(fromMillis),
                ZERO.plusMillis(toMillis),
                frames.map(Integer::longValue).toList(),
                false,
                List.of());
    }

    OddClip damaged() {
        return new OddClip(recordings, from, to, frames, true, gaps);
    }

    /**
     * @param gapFrom milliseconds after {@link #ZERO}, inclusive
     * @param gapTo milliseconds after {@link #ZERO}, exclusive
     */
    OddClip withGap(long gapFrom, long gapTo) {
        Gap gap = new Gap(ZERO.plusMillis(gapFrom), ZERO.plusMillis(gapTo));
        return new OddClip(recordings, from, to, frames, hasErrors, List.of(gap));
    }

    /** Ten seconds of 25 frames per second, starting at {@link #ZERO}. */
    static Recorded whole(Path file) {
        return listed(file, 0, 10_000);
    }

    static Recorded listed(Path file, long startMillis, long endMillis) {
        return new Recorded(file, ZERO.plusMillis(startMillis), ZERO.plusMillis(endMillis));
    }

    /** @param to exclusive */
    static Stream<Integer> frames(int from, int to) {
        return IntStream.range(from, to).boxed();
    }
}
