package routes.fetch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.cut.EncodedSegment;
import routes.cut.FrameSelection;
import routes.cut.Source;
import routes.cut.Timeline;
import routes.failure.FootageUnusableException;
import routes.mp4.ByteRange;
import routes.mp4.EncryptionLabel;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.Samples;
import routes.mp4.Track;

/** Decides which byte ranges of the recordings a clip needs, from their tables. See docs/decisions/0012. */
@Component("fetchPlanner")
public class FetchPlanner {
    /** Maximum bytes between ranges that are fetched as one, such as video before and after a second of sound. */
    private static final long GAP = 16 * 1024;
    /** Maximum bytes per request. */
    private static final long PART = 8 * 1024 * 1024;

    /** Minimum margin of sound in ticks: frames may shift by half, and the last listed duration may be too short. */
    private static final long LONGEST_FRAME = 2048;

    /**
     * @param sources whose tables are in the local files
     * @throws FootageUnusableException if no frame is within the interval, or a recording is encrypted or has no video
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
        // these are remuxed, or their fragment headers are spread over the file
        unreadable.forEach(source -> needed.put(source, List.of(new ByteRange(0, source.bytes()))));
        inFragments.forEach(source -> needed.put(source, List.of(new ByteRange(0, source.bytes()))));
        List<RecordingPart> parts = new ArrayList<>();
        needed.forEach((source, ranges) -> parts.addAll(parts(source, ranges)));
        if (parts.isEmpty()) {
            throw new FootageUnusableException("the recordings have no frame within the interval");
        }
        return new FetchPlan(parts, unreadable, inFragments);
    }

    /** @return the parts of recordings that are decoded for these segments */
    public List<RecordingPart> partsOf(@ExchangeProperty("batch") List<EncodedSegment> batch) {
        return batch.stream()
                .flatMap(segment -> parts(segment.selection().source(), segment.ranges()).stream())
                .toList();
    }

    private static List<RecordingPart> parts(Source source, List<ByteRange> ranges) {
        return ByteRange.join(ranges, GAP).stream()
                .flatMap(range -> range.split(PART).stream())
                .map(part -> new RecordingPart(source.key(), source.file(), source.etag(), part))
                .toList();
    }

    /**
     * @param plan whose parts are fetched
     * @return the plan, with recordings whose fragments cannot be parsed added to the unreadable ones
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

    /**
     * If the tables of one recording are still unknown, the others may be needed for the whole interval. Overlaps are
     * then not resolved.
     */
    private static List<FrameSelection> selections(List<Source> sources, Map<Source, Movie> movies) {
        if (movies.size() == sources.size()) {
            return Timeline.of(sources, movies).selections();
        }
        return movies.keySet().stream()
                .flatMap(source -> Timeline.of(List.of(source), movies).selections().stream())
                .toList();
    }

    /** @return ranges of the video samples, from the keyframe at which decoding starts, and of the matching sound */
    static List<ByteRange> needed(FrameSelection selection) {
        List<ByteRange> needed = new ArrayList<>(selection.ranges());
        Track video = selection.video();
        long begin = video.samples().time(video.keyframeBefore(selection.first()));
        selection.movie().audio().ifPresent(track -> {
            Samples audio = track.samples();
            double scale = (double) track.timescale() / video.timescale();
            double from = begin * scale - Math.max(audio.lastDuration(), LONGEST_FRAME);
            double to = (selection.first() + selection.length()) * scale + LONGEST_FRAME;
            needed.addAll(audio.ranges(IntStream.range(0, audio.count()).filter(i -> {
                long time = audio.time(i);
                return time > from && time < to;
            })));
        });
        return needed;
    }
}
