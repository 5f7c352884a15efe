package routes.snapshot;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import routes.cut.Source;
import routes.cut.StillFrame;
import routes.cut.Timeline;
import routes.failure.FootageUnusableException;
import routes.fetch.Recording;
import routes.fetch.RecordingPart;
import routes.fetch.Segment;
import routes.mp4.ByteRange;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;

/**
 * The search for the frame that is shown at an instant, recording by recording. The listing tells where to search first;
 * the tables of the recordings decide.
 */
public final class PastSearch {
    /** Recordings whose tables are read at most. */
    private static final int MOST = 4;
    /** Bytes per request. */
    private static final long PART = 8 * 1024 * 1024;

    private final SnapshotRequest request;
    private final List<Recording> listed;
    private final Deque<Recording> candidates = new ArrayDeque<>();
    private Source source;
    private RecordedFrame latest;
    private FootageUnusableException unusable;

    /** @param footage as listed, in any order */
    PastSearch(SnapshotRequest request, List<Recording> footage) {
        this.request = request;
        this.listed = footage;
        Instant at = request.end();
        Instant shownAt = request.at() == null ? at : request.at();
        List<Recording> begun = footage.stream()
                .filter(recording -> !recording.start().isAfter(shownAt))
                .toList();
        List<Recording> ordered = new ArrayList<>();
        if (request.at() != null) {
            // of several that cover the instant, clips use the earliest
            begun.stream()
                    .filter(recording -> recording.end().isAfter(shownAt))
                    .sorted(Comparator.comparing(Recording::start))
                    .forEach(ordered::add);
        }
        begun.stream()
                .filter(recording -> !ordered.contains(recording))
                .sorted(Comparator.comparing(Recording::end).reversed())
                .forEach(ordered::add);
        ordered.stream().limit(MOST).forEach(candidates::add);
    }

    /** @return whether the tables of another recording have to be read */
    public boolean isOpen() {
        return !candidates.isEmpty() && !isFound();
    }

    private boolean isFound() {
        return latest != null && (request.at() == null || latest.isShownAt(request.at()));
    }

    /** @return whether no frame was found, and nothing was wrong with the recordings */
    boolean isEmpty() {
        return latest == null && unusable == null;
    }

    /** @return the next recording */
    public Segment segment() {
        Recording next = candidates.peek();
        return new Segment(next, next.start(), next.end());
    }

    /**
     * @param found recording whose header is in its local file
     * @return what else to fetch before its frames are known: all of a fragmented recording, whose tables are all over
     *     it
     */
    List<RecordingPart> begin(Source found) throws IOException {
        source = found;
        return read().inFragments() ? parts(List.of(new ByteRange(0, found.bytes()))) : List.of();
    }

    /** Chooses a frame of the recording that was begun. */
    void choose() throws IOException {
        candidates.poll();
        Movie movie = read();
        Timeline.ensureShowable(movie);
        Optional<StillFrame> frame = request.at() == null
                ? StillFrame.last(source.file(), movie)
                : StillFrame.at(source.file(), movie, Duration.between(source.start(), request.at()));
        Source chosen = source;
        frame.map(still -> new RecordedFrame(chosen, still)).ifPresent(found -> {
            if (latest == null || found.instant().isAfter(latest.instant())) {
                latest = found;
            }
        });
    }

    /** @param failure null if the recording is not stored yet, or its tables are not */
    void skip(FootageUnusableException failure) {
        candidates.poll();
        unusable = failure == null ? unusable : failure;
    }

    /**
     * @return the chosen frame
     * @throws NoSnapshotException if there is none, or it is too old for the instant
     * @throws FootageUnusableException if there is none, because a recording cannot be read
     */
    RecordedFrame frame() {
        if (latest == null && unusable != null) {
            throw unusable;
        }
        if (latest == null) {
            String detail = request.at() == null ? "the camera has no recordings" : "nothing was recorded at this time";
            throw NoSnapshotException.gap(detail, null, after());
        }
        if (!isFound() && latest.instant().isBefore(request.at().minus(request.tolerance()))) {
            throw NoSnapshotException.gap(
                    "nothing was recorded at this time: the frame before it is older than "
                            + request.tolerance().toSeconds() + " s",
                    latest.instant(),
                    after());
        }
        return latest;
    }

    /** @return whether the frame is on the screen at the requested instant */
    boolean isShown() {
        return request.at() != null && isFound();
    }

    /** @return byte ranges of the samples that the frame needs; none of a fragmented recording, which is there */
    List<RecordingPart> samples() throws IOException {
        source = latest.recording();
        return read().inFragments() ? List.of() : parts(latest.still().ranges());
    }

    private List<RecordingPart> parts(List<ByteRange> ranges) {
        return ranges.stream()
                .flatMap(range -> range.split(PART).stream())
                .map(part -> new RecordingPart(source.key(), source.file(), source.etag(), part))
                .toList();
    }

    private Movie read() throws IOException {
        try {
            return Movie.read(source.file());
        } catch (MalformedMp4Exception e) {
            throw new FootageUnusableException("a recording cannot be read: " + e.getMessage());
        }
    }

    /** @return when frames begin again after the instant; null if unknown */
    private Instant after() {
        if (request.at() == null) {
            return null;
        }
        Instant next = latest == null ? null : latest.next();
        return next != null
                ? next
                : listed.stream()
                        .map(Recording::start)
                        .filter(start -> start.isAfter(request.at()))
                        .min(Instant::compareTo)
                        .orElse(null);
    }
}
