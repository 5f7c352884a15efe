package routes.cut;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import routes.failure.FootageMissingException;
import routes.failure.FootageUnusableException;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.Pause;
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
    /** Limit of the half-frame tolerance, within which overlaps are ignored: the clocks of recordings are rounded. */
    private static final Duration LONGEST_HALF_FRAME = Duration.ofMillis(20);
    /** A longer overlap is not due to clocks, which are up to 25 ms off each. */
    private static final Duration CLOCKS = Duration.ofMillis(60);
    /** Listings have milliseconds. */
    private static final Duration ROUNDING = Duration.ofMillis(1);

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
        for (FrameSelection selection : timeline.selections) {
            FrameSelection own = selection.ofPictures();
            if (own.frames() > 0) {
                pictures.add(own);
            }
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
        List<Source> ordered = sources.stream()
                .sorted(comparing(Source::start).thenComparing(Source::end, reverseOrder()))
                .toList();
        Timeline timeline = of(ordered, movies, FrameSelection.LONGEST_WAIT);
        // a short interval between two frames shows the first one
        return timeline.selections.isEmpty() ? of(ordered, movies, 0) : timeline;
    }

    private static Timeline of(List<Source> ordered, Map<Source, Movie> movies, long longestWait) {
        List<FrameSelection> selections = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        Instant start =
                ordered.stream().map(Source::from).min(Instant::compareTo).orElse(Instant.EPOCH);
        Instant end = ordered.stream().map(Source::to).max(Instant::compareTo).orElse(Instant.EPOCH);
        Instant covered = start;
        Instant first = null;
        Extent before = null;
        boolean repeated = false;
        for (int i = 0; i < ordered.size(); i++) {
            Source source = ordered.get(i);
            Optional<Movie> movie = Optional.ofNullable(movies.get(source));
            Extent extent = movie.map(known -> Extent.of(source, known))
                    .orElseGet(() -> new Extent(source.start(), source.end(), Duration.ZERO, List.of()));
            Source following = i + 1 < ordered.size() ? ordered.get(i + 1) : null;
            Optional<Instant> repeats = following == null || movie.isEmpty() || !movies.containsKey(following)
                    ? Optional.empty()
                    : RepeatedSamples.begin(source, movie.get(), following, movies.get(following));
            Instant next = following == null ? Instant.MAX : following.start();
            Instant from = later(source.from(), repeated ? extent.start : extent.from(covered, before));
            Instant until = earlier(source.to(), repeats.orElse(extent.end(source.end(), next)));
            List<FrameSelection> own = movie.isPresent() && from.isBefore(until)
                    ? FrameSelection.of(source, movie.get(), from, until, longestWait)
                    : List.of();
            if (from.isBefore(until) && (movie.isEmpty() || !own.isEmpty())) {
                selections.addAll(own);
                Instant begin = later(later(from, covered), extent.start);
                addGap(gaps, covered, begin);
                movie.ifPresent(known -> addPauses(gaps, source, known, from, until));
                first = first == null ? begin : first;
                covered = later(covered, until);
                before = extent;
            }
            repeated = repeats.isPresent() && !covered.isAfter(repeats.get());
        }
        addGap(gaps, covered, end);
        return new Timeline(
                selections, Gap.joined(gaps), first == null ? Duration.ZERO : Duration.between(first, covered));
    }

    /**
     * The interval in which a recording shows frames.
     *
     * @param start inclusive, UTC
     * @param end exclusive, UTC
     * @param halfFrame tolerance for rounded clocks
     * @param lastFrames when the frames of the last {@link #CLOCKS} start
     */
    private record Extent(Instant start, Instant end, Duration halfFrame, List<Instant> lastFrames) {
        static Extent of(Source source, Movie movie) {
            ensureShowable(movie);
            Instant start = Instant.MAX;
            Instant end = Instant.MIN;
            Duration frame = Duration.ZERO;
            List<Instant> lastFrames = new ArrayList<>();
            for (Track video : movie.pictures()) {
                if (video.firstShown().isPresent()) {
                    long first = video.firstShown().getAsLong();
                    long last = video.lastShown().getAsLong();
                    Instant begin = source.start().plus(video.sinceOrigin(first));
                    start = earlier(start, begin);
                    end = later(end, source.start().plus(video.sinceOrigin(last + video.durationAt(last))));
                    frame = Duration.between(
                            begin, source.start().plus(video.sinceOrigin(first + video.durationAt(first))));
                    long late = last - video.timescale() * CLOCKS.toMillis() / 1000;
                    video.shown(late, last + 1).stream()
                            .forEach(time -> lastFrames.add(source.start().plus(video.sinceOrigin(time))));
                }
            }
            Duration half = frame.dividedBy(2);
            Duration tolerance = half.compareTo(LONGEST_HALF_FRAME) < 0 ? half : LONGEST_HALF_FRAME;
            return new Extent(start, end, tolerance, lastFrames);
        }

        /**
         * @param covered end of the interval that earlier recordings cover
         * @param before the recording that ends there; null if there is none
         * @return the instant from which this recording is used: its start if that differs from the covered end only because
         *     of clocks, otherwise the covered end
         */
        Instant from(Instant covered, Extent before) {
            Duration overlap = Duration.between(start, covered);
            if (overlap.abs().compareTo(halfFrame) <= 0) {
                return covered.minus(halfFrame);
            }
            boolean byClock =
                    before != null && overlap.compareTo(CLOCKS) <= 0 && !overlap.isNegative() && !before.shows(start);
            return byClock ? start : covered;
        }

        /**
         * @param listed end according to the listing
         * @param next start of the next recording
         * @return end of the recording; if it is after the listed end, the next recording takes over where it starts
         */
        Instant end(Instant listed, Instant next) {
            boolean goesOn = end.isAfter(listed) && !next.isBefore(listed);
            if (!goesOn) {
                return earlier(end, listed);
            }
            boolean repeats = Duration.between(next, end).compareTo(CLOCKS) > 0 || shows(next);
            return !next.isAfter(end) && repeats ? next.minus(halfFrame) : end;
        }

        /** @return whether one of the last frames starts at the instant */
        private boolean shows(Instant instant) {
            return lastFrames.stream()
                    .anyMatch(frame -> Duration.between(frame, instant).abs().compareTo(ROUNDING) <= 0);
        }
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

    /** Adds the pauses of a recorder within its recording. */
    private static void addPauses(List<Gap> gaps, Source source, Movie movie, Instant from, Instant until) {
        for (Track video : movie.pictures()) {
            for (Pause pause : video.pauses()) {
                Instant begin = source.start().plus(video.sinceOrigin(pause.from()));
                Instant end = source.start().plus(video.sinceOrigin(pause.to()));
                addGap(gaps, later(from, begin), earlier(until, end));
            }
        }
    }

    private static void addGap(List<Gap> gaps, Instant from, Instant to) {
        if (Duration.between(from, to).compareTo(JOIN) > 0) {
            gaps.add(new Gap(from, to));
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
