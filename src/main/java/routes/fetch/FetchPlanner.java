package routes.fetch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.cut.FrameSelection;
import routes.cut.Source;
import routes.cut.Timeline;
import routes.failure.FootageUnusableException;
import routes.mp4.ByteRange;
import routes.mp4.EncryptionLabel;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.Samples;

/** Decides which bytes of the recordings a clip needs, once their tables are here. See docs/decisions/0012. */
@Component("fetchPlanner")
public class FetchPlanner {
    /** Bytes; ranges no farther apart are fetched as one, such as the pictures on both sides of a second of sound. */
    private static final long GAP = 16 * 1024;
    /** Bytes fetched by one request at most. */
    private static final long PART = 8 * 1024 * 1024;

    /** Ticks of a frame of sound, by half of which it may move; the last one may be told to be shorter. */
    private static final long LONGEST_FRAME = 2048;

    /**
     * @param sources with their tables in their files
     * @throws FootageUnusableException when they show nothing within their segments
     */
    public FetchPlan plan(@Variable("sources") List<Source> sources) throws IOException {
        Map<Source, Movie> movies = new LinkedHashMap<>();
        List<Source> unreadable = new ArrayList<>();
        List<Source> inFragments = new ArrayList<>();
        for (Source source : sources) {
            try {
                Movie movie = Movie.read(source.file());
                if (movie.inFragments()) {
                    Timeline.ensureShowable(movie);
                    inFragments.add(source);
                } else {
                    movies.put(source, movie);
                }
            } catch (MalformedMp4Exception e) {
                if (EncryptionLabel.read(source.file())) {
                    throw new FootageUnusableException(
                            "a recording is encrypted, and cannot be read: " + e.getMessage());
                }
                unreadable.add(source);
            }
        }
        Map<Source, List<ByteRange>> needed = new LinkedHashMap<>();
        selections(sources, movies)
                .forEach(selection -> needed.computeIfAbsent(selection.source(), source -> new ArrayList<>())
                        .addAll(needed(selection)));
        // the tables of these are made anew, or lie all over the file
        unreadable.forEach(source -> needed.put(source, List.of(new ByteRange(0, source.bytes()))));
        inFragments.forEach(source -> needed.put(source, List.of(new ByteRange(0, source.bytes()))));
        List<RecordingPart> parts = new ArrayList<>();
        needed.forEach((source, ranges) -> ByteRange.join(ranges, GAP).forEach(range -> range.split(PART)
                .forEach(part -> parts.add(new RecordingPart(source.key(), source.file(), source.etag(), part)))));
        if (parts.isEmpty()) {
            throw new FootageUnusableException("the recordings show no frame within the interval");
        }
        return new FetchPlan(parts, unreadable, inFragments);
    }

    /**
     * @param plan that was carried out
     * @return with recordings whose fragments cannot be understood among the unreadable ones
     */
    public FetchPlan readFragments(@Variable("fetch") FetchPlan plan) throws IOException {
        List<Source> unreadable = new ArrayList<>(plan.unreadable());
        for (Source source : plan.inFragments()) {
            try {
                Movie.read(source.file());
            } catch (MalformedMp4Exception e) {
                unreadable.add(source);
            }
        }
        return new FetchPlan(plan.parts(), unreadable, plan.inFragments());
    }

    /** Beside a recording of which nothing is known yet, others may have to show all of the interval that they hold. */
    private static List<FrameSelection> selections(List<Source> sources, Map<Source, Movie> movies) {
        if (movies.size() == sources.size()) {
            return Timeline.of(sources, movies).selections();
        }
        return movies.keySet().stream()
                .flatMap(source -> Timeline.of(List.of(source), movies).selections().stream())
                .toList();
    }

    /** @return the samples of the selection, from the keyframe on with which decoding begins, and the sound beside them */
    static List<ByteRange> needed(FrameSelection selection) {
        List<ByteRange> needed = new ArrayList<>();
        Samples video = selection.video().samples();
        int begin = selection.video().keyframeBefore(selection.first());
        int end = video.lastWithin(selection.first(), selection.last() + 1) + 1;
        needed.addAll(video.ranges(IntStream.range(begin, end)));
        if (selection.video().needsFirstSample()) {
            needed.add(video.range(selection.video().firstSample()));
        }
        selection.movie().audio().ifPresent(track -> {
            Samples audio = track.samples();
            double scale = (double) track.timescale() / selection.video().timescale();
            double from = video.time(begin) * scale - Math.max(audio.lastDuration(), LONGEST_FRAME);
            double to = (selection.first() + selection.length()) * scale + LONGEST_FRAME;
            needed.addAll(audio.ranges(IntStream.range(0, audio.count()).filter(i -> {
                long time = audio.time(i);
                return time > from && time < to;
            })));
        });
        return needed;
    }
}
