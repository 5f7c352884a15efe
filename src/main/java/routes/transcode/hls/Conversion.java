package routes.transcode.hls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import routes.scratch.Workspace;

/** One run of ffmpeg and what is stored of it. Two branches of a route share it: ffmpeg's, and the one that stores. */
public final class Conversion {
    /** A warm-up that ends elsewhere, in microseconds, did not meet the stored segments. */
    private static final long SAME = 1000;

    private final StreamPlan plan;
    private final ResumePoint from;
    private final Workspace workspace;
    private final long[] framesBefore;
    private final Map<String, RenditionFiles> byName = new HashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean ended;
    private boolean drained;
    private boolean restarted;
    private boolean finished;
    private RuntimeException failure;

    /** The files of one rendition. */
    private static final class RenditionFiles {
        private final Rendition rendition;
        private final FinishedFiles files;
        private final List<StoredSegment> stored;
        private boolean initTaken;
        private String codec = "";
        /** Ticks per second of the picture. */
        private long timescale;

        private int next;
        private long end = StreamCommand.OFFSET;

        RenditionFiles(Rendition rendition, FinishedFiles files, List<StoredSegment> stored, int next) {
            this.rendition = rendition;
            this.files = files;
            this.stored = new ArrayList<>(stored);
            this.next = next;
        }
    }

    /** @param listing of the prefix; read only if the conversion goes on somewhere */
    Conversion(StreamPlan plan, ResumePoint from, StreamListing listing, Workspace workspace) {
        this.plan = plan;
        this.from = from;
        this.workspace = workspace;
        this.framesBefore = Keyframes.framesBefore(plan.times(), plan.starts());
        for (Rendition rendition : plan.renditions()) {
            FinishedFiles files = new FinishedFiles(workspace.file(StreamCommand.list(rendition)));
            List<StoredSegment> kept =
                    from.hasWarmUp() ? listing.unbroken(rendition, plan).subList(0, from.number()) : List.of();
            byName.put(rendition.name(), new RenditionFiles(rendition, files, kept, from.firstFile()));
        }
    }

    /** @return a conversion from the film's start */
    Conversion again() {
        return new Conversion(plan, ResumePoint.BEGINNING, null, workspace);
    }

    StreamPlan plan() {
        return plan;
    }

    ResumePoint from() {
        return from;
    }

    /** @return whether ffmpeg must run again */
    public synchronized boolean isOpen() {
        return !finished;
    }

    /** @return whether it begins at the start of the film, so that nothing stored is kept */
    public boolean isFromBeginning() {
        return !from.hasWarmUp();
    }

    /** @return number of stored segments of all renditions */
    public synchronized int count() {
        return byName.values().stream().mapToInt(one -> one.stored.size()).sum();
    }

    /** ffmpeg has ended. */
    synchronized void end() {
        ended = true;
        over.countDown();
    }

    /** A branch has failed; the first failure is kept, and the other branch ends. */
    synchronized void fail(RuntimeException why) {
        if (failure == null) {
            failure = why;
            workspace.abandon(why);
        }
        over.countDown();
    }

    /** What is stored does not fit: everything is written again. */
    synchronized void restart() {
        restarted = true;
        fail(new RestartedException());
    }

    synchronized boolean isRestarted() {
        return restarted;
    }

    /**
     * Both branches have ended, and all is stored.
     *
     * @throws RuntimeException the first failure
     */
    synchronized void finish() {
        if (failure != null) {
            throw failure;
        }
        finished = true;
    }

    /** @return the next file that ffmpeg has finished; empty if there is none yet, or none comes */
    synchronized Optional<ClearFile> poll() throws IOException {
        // read before looking, so that no file is missed
        boolean last = ended;
        Optional<ClearFile> next = find();
        drained = last && next.isEmpty();
        return next;
    }

    /**
     * @param millis at most
     * @return whether ffmpeg has ended
     */
    boolean awaitEnd(long millis) throws InterruptedException {
        return over.await(millis, TimeUnit.MILLISECONDS);
    }

    /** @return whether another file may come */
    synchronized boolean hasMore() {
        return failure == null && !drained;
    }

    private Optional<ClearFile> find() throws IOException {
        if (failure != null) {
            return Optional.empty();
        }
        for (Rendition rendition : plan.renditions()) {
            RenditionFiles one = byName.get(rendition.name());
            one.files.follow();
            while (isNextComplete(one)) {
                if (plan.isFragmentedMp4() && !one.initTaken) {
                    one.initTaken = true;
                    return Optional.of(new ClearFile(
                            rendition, ClearFile.INIT, 0, 0, workspace.file(StreamCommand.init(rendition))));
                }
                ClearFile file = take(one);
                if (file.number() >= from.number()) {
                    return Optional.of(file);
                }
                // the picture may have ended before the first segment that is kept
                readCodec(file);
                Files.delete(file.file());
                if (Math.abs(one.end - StreamCommand.OFFSET - from.time()) > SAME) {
                    restart();
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** A listed file may still be in ffmpeg's buffer until the next one is opened. */
    private boolean isNextComplete(RenditionFiles one) {
        return one.files.hasNext() && (ended || Files.exists(file(one, one.next + 1)));
    }

    private Path file(RenditionFiles one, int number) {
        return workspace.file(StreamCommand.segment(one.rendition, number, plan));
    }

    private ClearFile take(RenditionFiles one) {
        FinishedFiles.Listed listed = one.files.next();
        boolean last = ended && !one.files.hasNext();
        // ffmpeg tells the end of the picture only
        long end = last
                ? Math.max(listed.end(), StreamCommand.OFFSET + plan.endOfSoundAlone())
                : startOfNext(listed.end());
        ClearFile file =
                new ClearFile(one.rendition, one.next, listed.start(), Math.max(1, end - one.end), file(one, one.next));
        one.end = end;
        one.next++;
        return file;
    }

    /**
     * ffmpeg gives encoded frames the duration that their rate has on average, and the next one may be much later.
     *
     * @param listed end of a file, as ffmpeg tells it
     * @return when the next file begins
     */
    private long startOfNext(long listed) {
        long end = listed - StreamCommand.OFFSET;
        int found = Collections.binarySearch(plan.starts(), end - SAME);
        int next = found < 0 ? -found - 1 : found;
        boolean follows = next < framesBefore.length && framesBefore[next] < end;
        return follows ? StreamCommand.OFFSET + plan.starts().get(next) : listed;
    }

    /** Keeps the codec of a rendition, which is in its first file with a picture. */
    synchronized void readCodec(ClearFile file) throws IOException {
        RenditionFiles one = byName.get(file.rendition().name());
        if (one.codec.isEmpty()) {
            one.codec = Codecs.of(file, plan).orElse("");
        }
    }

    /**
     * Corrects the time at which the first frame of a segment is shown, if ffmpeg has estimated it.
     *
     * @param file the initialization segment of its rendition was given before
     */
    synchronized void correctStart(ClearFile file) throws IOException {
        if (!plan.isFragmentedMp4() || !plan.isEncoded()) {
            // a copy has the durations of the film
            return;
        }
        RenditionFiles one = byName.get(file.rendition().name());
        if (file.isInit()) {
            one.timescale = Codecs.timescale(file.file());
        } else if (file.number() > from.firstFile()) {
            PictureStart.set(file.file(), Math.round((double) file.start() * one.timescale / FilmTimes.SECOND));
        }
    }

    /** @return as RFC 6381 has it, such as {@code avc1.640028,mp4a.40.2}; empty if no new file has a picture */
    synchronized String codec(Rendition rendition) {
        return byName.get(rendition.name()).codec;
    }

    synchronized void stored(ClearFile file, long bytes) {
        byName.get(file.rendition().name()).stored.add(new StoredSegment(file.number(), file.micros(), bytes));
    }

    synchronized List<StoredSegment> segments(Rendition rendition) {
        return List.copyOf(byName.get(rendition.name()).stored);
    }

    /** @return share of the stored seconds of all renditions, mapped to the interval */
    synchronized int percent(int from, int to) {
        long stored = byName.values().stream()
                .flatMap(one -> one.stored.stream())
                .mapToLong(StoredSegment::micros)
                .sum();
        return from + (int) ((to - from) * Math.min(stored, plan.lengthOfAll()) / plan.lengthOfAll());
    }
}
