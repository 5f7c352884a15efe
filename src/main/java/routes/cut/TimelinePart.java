package routes.cut;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import routes.mp4.Movie;
import routes.mp4.Pause;
import routes.mp4.Track;

/**
 * A recording, or what it has before, between or after pauses that other recordings fill.
 *
 * @param movie empty if the tables are unknown
 * @param begin where it starts, UTC
 * @param from start of the requested part, inclusive, UTC
 * @param to end of the requested part, exclusive, UTC
 * @param isWhole whether the recording has no other parts
 */
record TimelinePart(Source source, Optional<Movie> movie, Instant begin, Instant from, Instant to, boolean isWhole) {
    /**
     * @param movies by source
     * @return in chronological order
     */
    static List<TimelinePart> of(List<Source> sources, Map<Source, Movie> movies) {
        List<TimelinePart> parts = new ArrayList<>();
        for (Source source : sources) {
            Optional<Movie> movie = Optional.ofNullable(movies.get(source));
            List<Gap> pauses = movie.map(known -> pauses(source, known)).orElse(List.of()).stream()
                    .filter(pause -> sources.stream().anyMatch(other -> !other.equals(source) && fills(other, pause)))
                    .toList();
            Instant begin = source.start();
            Instant from = source.from();
            for (Gap pause : pauses) {
                Instant to = Instants.earlier(source.to(), pause.from());
                parts.add(new TimelinePart(source, movie, begin, from, to, false));
                begin = pause.to();
                from = Instants.later(source.from(), begin);
            }
            parts.add(new TimelinePart(source, movie, begin, from, source.to(), pauses.isEmpty()));
        }
        parts.sort(comparing(TimelinePart::begin).thenComparing(part -> part.source.end(), reverseOrder()));
        return parts;
    }

    /** @return the pauses of a recorder within its recording, in chronological order */
    static List<Gap> pauses(Source source, Movie movie) {
        List<Gap> pauses = new ArrayList<>();
        for (Track video : movie.pictures()) {
            for (Pause pause : video.pauses()) {
                pauses.add(new Gap(
                        source.start().plus(video.sinceOrigin(pause.from())),
                        source.start().plus(video.sinceOrigin(pause.to()))));
            }
        }
        return pauses;
    }

    private static boolean fills(Source other, Gap pause) {
        Instant from = Instants.later(other.start(), pause.from());
        return Duration.between(from, Instants.earlier(other.end(), pause.to())).compareTo(Timeline.JOIN) > 0;
    }

    /** @return the samples that both have in common; unknown if one is a part of a recording */
    RepeatedSamples repeatedIn(TimelinePart following) {
        return isWhole && following.isWhole && movie.isPresent() && following.movie.isPresent()
                ? RepeatedSamples.of(source, movie.get(), following.source, following.movie.get())
                : RepeatedSamples.UNKNOWN;
    }

    RecordingExtent extent() {
        RecordingExtent extent =
                movie.map(known -> RecordingExtent.of(source, known)).orElseGet(() -> RecordingExtent.listed(source));
        return isWhole ? extent : extent.within(begin, to);
    }
}
