package routes.cut;

import static java.util.Comparator.comparing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import routes.failure.FootageMissingException;
import routes.failure.FootageUnusableException;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.StreamSets;
import routes.mp4.Track;

/**
 * The frames of a clip, selected by the sample tables of the recordings. The listing gives the start of a recording
 * exactly, but its end only roughly.
 * See docs/decisions/0010.
 *
 * @param selections in chronological order; one for each part of a recording with frames in the interval
 * @param gaps parts of the interval without recorded frames
 * @param length from the first covered instant to the last, gaps between them included
 */
public record Timeline(List<FrameSelection> selections, List<Gap> gaps, Duration length) {
    /** Maximum gap that is ignored: cameras list the last frame as the end, which is 80 ms early at 12.5 fps. */
    public static final Duration JOIN = Duration.ofMillis(100);

    /**
     * @param sources fetched, in any order
     * @throws FootageUnusableException if no frame is within the interval, or a recording is unreadable
     * @throws FootageMissingException if a recording is still incomplete
     */
    static Timeline of(List<Source> sources) throws IOException {
        Map<Source, Movie> movies = new TreeMap<>(comparing(Source::name));
        for (Source source : sources) {
            movies.put(source, read(source));
        }
        Timeline timeline = of(sources, movies);
        List<FrameSelection> pictures = new ArrayList<>();
        try {
            for (FrameSelection selection : timeline.selections) {
                FrameSelection own = selection.ofPictures();
                if (own.frames() > 0) {
                    pictures.add(own);
                }
            }
        } catch (MalformedMp4Exception e) {
            throw new FootageUnusableException("a recording cannot be read: " + e.getMessage());
        }
        if (pictures.isEmpty()) {
            throw new FootageUnusableException("the recordings have no frame within the interval");
        }
        return new Timeline(List.copyOf(pictures), timeline.gaps, timeline.length);
    }

    private static Movie read(Source source) throws IOException {
        try {
            return withStreamSets(source, Movie.read(source.file()));
        } catch (MalformedMp4Exception e) {
            if (e.isUnfinished()) {
                throw new FootageMissingException("a recording is incomplete: " + e.getMessage());
            }
            throw new FootageUnusableException("a recording cannot be read: " + e.getMessage());
        }
    }

    private static Movie withStreamSets(Source source, Movie movie) throws IOException {
        List<Track> tracks = new ArrayList<>();
        try (FileChannel file = FileChannel.open(source.file(), StandardOpenOption.READ)) {
            for (Track track : movie.tracks()) {
                tracks.add(StreamSets.apply(file, track));
            }
        }
        return new Movie(tracks, movie.inFragments());
    }

    /**
     * Where recordings overlap, the earlier one is used up to its end. A recording that is longer than listed is used
     * until the next one starts.
     *
     * @param movies by source; the listed start and end are used for a recording that is not in the map
     * @throws FootageUnusableException if a recording has no video or is encrypted
     */
    public static Timeline of(List<Source> sources, Map<Source, Movie> movies) {
        List<TimelinePart> parts = TimelinePart.of(sources, movies);
        Timeline timeline = of(parts, FrameSelection.LONGEST_WAIT);
        // a short interval between two frames shows the first one
        return timeline.selections.isEmpty() ? of(parts, 0) : timeline;
    }

    private static Timeline of(List<TimelinePart> parts, long longestWait) {
        List<FrameSelection> selections = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        Instant start = parts.stream()
                .map(part -> part.source().from())
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Instant end = parts.stream()
                .map(part -> part.source().to())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Instant covered = start;
        Instant first = null;
        RecordingExtent last = null;
        RepeatedSamples before = RepeatedSamples.UNKNOWN;
        for (int i = 0; i < parts.size() && covered.isBefore(end); i++) {
            TimelinePart part = parts.get(i);
            Source source = part.source();
            RecordingExtent extent = part.extent();
            TimelinePart following = i + 1 < parts.size() ? parts.get(i + 1) : null;
            RepeatedSamples repeated = following == null ? RepeatedSamples.UNKNOWN : part.repeatedIn(following);
            Instant next = following == null ? Instant.MAX : following.begin();
            Instant from =
                    Instants.later(part.from(), before.isExact() ? before.later() : extent.from(covered, last, before));
            Instant until = Instants.earlier(part.to(), extent.end(source.end(), next, repeated));
            List<FrameSelection> own = part.movie().isPresent() && from.isBefore(until)
                    ? FrameSelection.of(source, part.movie().get(), from, until, longestWait)
                    : List.of();
            if (from.isBefore(until) && (part.movie().isEmpty() || !own.isEmpty())) {
                selections.addAll(own);
                Instant begin = Instants.later(Instants.later(from, covered), extent.start());
                addGap(gaps, covered, begin);
                part.movie().ifPresent(movie -> TimelinePart.pauses(source, movie)
                        .forEach(pause ->
                                addGap(gaps, Instants.later(from, pause.from()), Instants.earlier(until, pause.to()))));
                first = first == null ? begin : first;
                covered = Instants.later(covered, until);
                last = extent;
            }
            before = covered.isAfter(until) ? RepeatedSamples.UNKNOWN : repeated;
        }
        addGap(gaps, covered, end);
        return new Timeline(
                selections, Gap.joined(gaps), first == null ? Duration.ZERO : Duration.between(first, covered));
    }

    /** @throws FootageUnusableException if it has no video or is encrypted */
    public static void ensureShowable(Movie movie) {
        for (Track track : movie.tracks()) {
            if (track.entry().isEncrypted()) {
                throw new FootageUnusableException("a recording is encrypted: its samples are '"
                        + track.entry().type() + "'");
            }
        }
        if (movie.pictures().isEmpty()) {
            throw new FootageUnusableException("a recording has no picture");
        }
    }

    private static void addGap(List<Gap> gaps, Instant from, Instant to) {
        if (Duration.between(from, to).compareTo(JOIN) > 0) {
            gaps.add(new Gap(from, to));
        }
    }
}
