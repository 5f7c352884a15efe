package routes.cut;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import routes.mp4.Movie;
import routes.mp4.Track;

/**
 * The interval in which a recording shows frames.
 *
 * @param start inclusive, UTC
 * @param end exclusive, UTC
 * @param halfFrame tolerance for rounded clocks
 * @param lastFrames when the frames of the last {@link #CLOCKS} start
 */
record RecordingExtent(Instant start, Instant end, Duration halfFrame, List<Instant> lastFrames) {
    /** Limit of the half-frame tolerance, within which overlaps are ignored: the clocks of recordings are rounded. */
    private static final Duration LONGEST_HALF_FRAME = Duration.ofMillis(20);
    /** A longer overlap is not due to clocks, which are up to 25 ms off each. */
    private static final Duration CLOCKS = Duration.ofMillis(60);
    /** Listings have milliseconds. */
    private static final Duration ROUNDING = Duration.ofMillis(1);

    /** @return the interval according to the listing, for a recording whose tables are unknown */
    static RecordingExtent listed(Source source) {
        return new RecordingExtent(source.start(), source.end(), Duration.ZERO, List.of());
    }

    /** @throws routes.failure.FootageUnusableException if it has no video or is encrypted */
    static RecordingExtent of(Source source, Movie movie) {
        Timeline.ensureShowable(movie);
        Instant start = Instant.MAX;
        Instant end = Instant.MIN;
        Duration frame = Duration.ZERO;
        List<Instant> lastFrames = new ArrayList<>();
        for (Track video : movie.pictures()) {
            if (video.firstShown().isPresent()) {
                long first = video.firstShown().getAsLong();
                long last = video.lastShown().getAsLong();
                Instant begin = source.start().plus(video.sinceOrigin(first));
                start = Instants.earlier(start, begin);
                end = Instants.later(end, source.start().plus(video.sinceOrigin(last + video.durationAt(last))));
                frame = Duration.between(
                        begin, source.start().plus(video.sinceOrigin(first + video.durationAt(first))));
                long late = last - video.timescale() * CLOCKS.toMillis() / 1000;
                video.shown(late, last + 1).stream()
                        .forEach(time -> lastFrames.add(source.start().plus(video.sinceOrigin(time))));
            }
        }
        Duration half = frame.dividedBy(2);
        Duration tolerance = half.compareTo(LONGEST_HALF_FRAME) < 0 ? half : LONGEST_HALF_FRAME;
        return new RecordingExtent(start, end, tolerance, lastFrames);
    }

    /** @return the extent of a part of the recording, which ends at a pause */
    RecordingExtent within(Instant from, Instant to) {
        return new RecordingExtent(Instants.later(start, from), Instants.earlier(end, to), halfFrame, List.of());
    }

    /**
     * @param covered end of the interval that earlier recordings cover
     * @param last the recording that ends there; null if there is none
     * @param repeated what that recording and this one have in common
     * @return the instant from which this recording is used: its start if that differs from the covered end only because
     *     of clocks, otherwise the covered end
     */
    Instant from(Instant covered, RecordingExtent last, RepeatedSamples repeated) {
        Duration overlap = Duration.between(start, covered);
        if (overlap.abs().compareTo(halfFrame) <= 0) {
            return covered.minus(halfFrame);
        }
        boolean byClock = last != null
                && overlap.compareTo(CLOCKS) <= 0
                && !overlap.isNegative()
                && (repeated.isNone() || !last.shows(start));
        return byClock ? start : covered;
    }

    /**
     * @param listed end according to the listing
     * @param next start of the next recording
     * @param repeated what this recording and the next one have in common
     * @return end of the recording; if it is after the listed end, the next recording takes over where it starts
     */
    Instant end(Instant listed, Instant next, RepeatedSamples repeated) {
        if (repeated.isExact()) {
            return repeated.earlier();
        }
        boolean goesOn = end.isAfter(listed) && !next.isBefore(listed);
        if (!goesOn) {
            return Instants.earlier(end, listed);
        }
        if (next.isAfter(end)) {
            return end;
        }
        boolean overlaps = Duration.between(next, end).compareTo(CLOCKS) > 0;
        if (repeated.isNone()) {
            return overlaps ? next : end;
        }
        return overlaps || shows(next) ? next.minus(halfFrame) : end;
    }

    /** @return whether one of the last frames starts at the instant */
    private boolean shows(Instant instant) {
        return lastFrames.stream()
                .anyMatch(frame -> Duration.between(frame, instant).abs().compareTo(ROUNDING) <= 0);
    }
}
