package routes.snapshot;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import routes.cut.Source;
import routes.cut.StillFrame;
import routes.cut.Timeline;
import routes.failure.FootageUnusableException;
import routes.fetch.Recording;
import routes.fetch.RecordingPart;
import routes.fetch.Segment;
import routes.mp4.ByteRange;
import routes.mp4.FragmentLocator;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;

/**
 * The search for the frame that is shown at an instant, recording by recording. The listing tells where to search first;
 * the tables of the recordings decide. Recordings are looked up near the instant first, then further away.
 */
public final class PastSearch {
    /** Recordings of which the tables are read at most, or tried to. */
    private static final int MOST = 32;
    /** Recordings whose frames are compared at most: listed times may be wrong, not by much. */
    private static final int COMPARED = 4;
    /** Bytes per request. */
    private static final long PART = 8 * 1024 * 1024;

    private final Duration retention;
    private final List<Recording> listed = new ArrayList<>();
    private final Set<String> searched = new HashSet<>();
    private final Deque<Recording> candidates = new ArrayDeque<>();
    private SnapshotRequest request;
    private boolean isListed;
    private int compared;
    private long fetched;
    private Source source;
    private FragmentLocator fragments;
    private ByteRange next;
    private RecordedFrame latest;
    private FootageUnusableException unusable;

    /** @param retention how far recordings are looked up at most */
    PastSearch(SnapshotRequest request, Duration retention) {
        this.request = request;
        this.retention = retention;
    }

    /** @return whether recordings have to be listed, or the tables of another one have to be read */
    public boolean isOpen() {
        return !isFound() && (!candidates.isEmpty() || isListing());
    }

    /** @return whether recordings have to be listed, as {@link #request} says */
    public boolean isListing() {
        return !isListed;
    }

    /** @return with the reach of the next listing */
    public SnapshotRequest request() {
        return request;
    }

    /** @param footage in any order */
    void listed(List<Recording> footage) {
        isListed = true;
        listed.clear();
        listed.addAll(footage);
        if (latest == null) {
            inOrder(footage)
                    .filter(recording -> !searched.contains(recording.key()))
                    .limit(MOST - searched.size())
                    .forEach(candidates::add);
        }
        reachFurther();
    }

    private Stream<Recording> inOrder(List<Recording> footage) {
        Instant at = request.at() == null ? request.end() : request.at();
        List<Recording> begun = footage.stream()
                .filter(recording -> !recording.start().isAfter(at))
                .toList();
        // of several that cover the instant, clips use the earliest
        Stream<Recording> covering = request.at() == null
                ? Stream.empty()
                : begun.stream().filter(this::isCovering).sorted(Comparator.comparing(Recording::start));
        Stream<Recording> latestFirst =
                begun.stream().sorted(Comparator.comparing(Recording::end).reversed());
        return Stream.concat(covering, latestFirst).distinct();
    }

    private boolean isCovering(Recording recording) {
        return !recording.start().isAfter(request.at()) && recording.end().isAfter(request.at());
    }

    /** Looks further away for a frame, and in a gap for the recordings around it. */
    private void reachFurther() {
        boolean isDamaged = request.at() != null && unusable != null;
        if (!candidates.isEmpty() || isFound() || isDamaged || searched.size() >= MOST) {
            return;
        }
        boolean isKnown = request.at() == null ? latest != null : latest != null && (isTolerable() || after() != null);
        if (!isKnown) {
            request.reachingFurther(retention).ifPresent(further -> {
                request = further;
                isListed = false;
            });
        }
    }

    private boolean isFound() {
        return latest != null && (request.at() == null || latest.isShownAt(request.at()));
    }

    private boolean isTolerable() {
        return !latest.instant().isBefore(request.at().minus(request.tolerance()));
    }

    /** @return the next recording */
    public Segment segment() {
        Recording candidate = candidates.peek();
        return new Segment(candidate, candidate.start(), candidate.end());
    }

    /** @param found recording whose header is in its local file */
    void begin(Source found) throws IOException {
        source = found;
        fragments = null;
        next = null;
        try {
            if (Movie.isFragmented(found.file())) {
                Duration until = request.at() == null ? null : Duration.between(found.start(), request.at());
                fragments = new FragmentLocator(found.file(), until);
                next = fragments.next().orElse(null);
            }
        } catch (MalformedMp4Exception e) {
            throw unreadable(e);
        }
    }

    /** @return whether more tables have to be fetched of the recording that was begun */
    public boolean isReading() {
        return next != null;
    }

    /** @return the next tables to fetch */
    RecordingPart part() {
        return new RecordingPart(source.key(), source.file(), source.etag(), next);
    }

    /** @param part that was fetched */
    void found(RecordingPart part) throws IOException {
        fetched += part.range().length();
        fragments.found(part.range());
        try {
            next = fragments.next().orElse(null);
        } catch (MalformedMp4Exception e) {
            throw unreadable(e);
        }
    }

    /** @return bytes of tables of fragments so far */
    long fetched() {
        return fetched;
    }

    /** Chooses a frame of the recording that was begun. */
    void choose() throws IOException {
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
        compared++;
        leave();
    }

    /** @param failure null if the recording is not stored yet, or its tables are not */
    void skip(FootageUnusableException failure) {
        Recording skipped = candidates.peek();
        if (failure != null && (request.at() == null || isCovering(skipped))) {
            unusable = failure;
        }
        leave();
    }

    private void leave() {
        searched.add(candidates.remove().key());
        if (latest != null && compared >= COMPARED) {
            candidates.clear();
        }
        reachFurther();
    }

    /**
     * @return the chosen frame
     * @throws NoSnapshotException if there is none, or it is too old for the instant
     * @throws FootageUnusableException if there is none, because the recordings cannot be read
     */
    RecordedFrame frame() {
        boolean isGap = latest == null || (!isFound() && request.at() != null && !isTolerable());
        if (isGap && unusable != null) {
            throw searched.size() >= MOST
                    ? new FootageUnusableException("none of the newest " + MOST
                            + " recordings can be used; one of them: " + unusable.publicReason())
                    : unusable;
        }
        if (latest == null) {
            throw NoSnapshotException.gap(none(), null, after());
        }
        if (isGap) {
            throw NoSnapshotException.gap(
                    "nothing was recorded at this time: the frame before it is older than "
                            + request.tolerance().toSeconds() + " s",
                    latest.instant(),
                    after());
        }
        return latest;
    }

    private String none() {
        if (request.at() != null) {
            return "nothing was recorded at this time";
        }
        if (listed.isEmpty()) {
            return "the camera has no recordings";
        }
        return searched.size() >= MOST
                ? "none of the newest " + MOST + " recordings is stored"
                : "no recording of the camera is stored";
    }

    /** @return whether the frame is on the screen at the requested instant */
    boolean isShown() {
        return request.at() != null && isFound();
    }

    /** @return byte ranges of the samples that the frame needs */
    List<RecordingPart> samples() {
        Source recording = latest.recording();
        return latest.still().ranges().stream()
                .flatMap(range -> range.split(PART).stream())
                .map(range -> new RecordingPart(recording.key(), recording.file(), recording.etag(), range))
                .toList();
    }

    private Movie read() throws IOException {
        try {
            return Movie.read(source.file());
        } catch (MalformedMp4Exception e) {
            throw unreadable(e);
        }
    }

    private static FootageUnusableException unreadable(MalformedMp4Exception failure) {
        return new FootageUnusableException("a recording cannot be read: " + failure.getMessage());
    }

    /** @return when frames begin again after the instant; null if unknown */
    private Instant after() {
        if (request.at() == null) {
            return null;
        }
        Instant following = latest == null ? null : latest.next();
        return following != null
                ? following
                : listed.stream()
                        .map(Recording::start)
                        .filter(start -> start.isAfter(request.at()))
                        .min(Instant::compareTo)
                        .orElse(null);
    }
}
