package routes.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A camera that records: footage of the time before its start, then a new recording every 10 s, each uploaded and then
 * listed in the {@link CameraApi}. Recordings adjoin without a gap. Frame 0 is at {@link #epoch()}; numbers and times
 * continue over all recordings. Recordings older than 15 minutes are removed.
 */
public final class CameraSimulator implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CameraSimulator.class.getName());
    private static final Duration PAST_EACH = Duration.ofMinutes(1);
    private static final int PAST_RECORDINGS = 5;
    private static final Duration LIVE_EACH = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final int ENCODERS = 2;
    private static final long LOOK_EVERY_MILLIS = 250;

    private final S3Client s3;
    private final String bucket;
    private final String folder;
    private final CameraApi api;
    private final String alias;
    private final FootageSpec spec;
    private final Path scratch;
    private final List<SimulatedRecording> recordings = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService live = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "camera-simulator");
        thread.setDaemon(true);
        return thread;
    });
    private ScheduledFuture<?> liveLoop;
    private volatile Instant epoch;

    /** The next recording, which starts at the end of the last one; only one thread at a time plans. */
    private Instant nextStart;

    /**
     * A camera that does not record yet.
     *
     * @param folder of the bucket for its recordings, without slashes
     * @param alias of the camera in the API
     */
    public CameraSimulator(S3Client s3, String bucket, String folder, CameraApi api, String alias, FootageSpec spec)
            throws IOException {
        this.s3 = s3;
        this.bucket = bucket;
        this.folder = folder;
        this.api = api;
        this.alias = alias;
        this.spec = spec;
        scratch = Files.createTempDirectory("camera");
    }

    /** The camera that the API has at its start, with {@link FootageSpec#standard()}. */
    public CameraSimulator(S3Client s3, String bucket, String folder, CameraApi api) throws IOException {
        this(s3, bucket, folder, api, CameraApi.ALIAS, FootageSpec.standard());
    }

    /** Records the last five minutes, then returns and keeps recording until closed. */
    public CameraSimulator start() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        recordPast(now.minus(PAST_EACH.multipliedBy(PAST_RECORDINGS)), PAST_EACH, PAST_RECORDINGS);
        liveLoop = live.scheduleWithFixedDelay(this::recordWhatIsDue, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    /**
     * Makes consecutive recordings and returns when all are uploaded and listed. The first call sets the epoch; a later
     * one must continue at the end of the previous one.
     *
     * @param from whole milliseconds
     * @param each whole milliseconds and whole frames
     */
    public void recordPast(Instant from, Duration each, int count) {
        if (epoch == null) {
            epoch = from;
            nextStart = from;
        } else if (!from.equals(nextStart)) {
            throw new IllegalArgumentException("The next recording starts at " + nextStart + ", not at " + from);
        }
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SimulatedRecording recording = plan(each);
            tasks.add(() -> {
                record(recording);
                return null;
            });
        }
        ExecutorService encoders = Executors.newFixedThreadPool(ENCODERS);
        try {
            for (Future<Void> done : encoders.invokeAll(tasks)) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while recording", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot record", e.getCause());
        } finally {
            encoders.shutdownNow();
        }
    }

    /** Presentation time of frame 0; null before the first recording. */
    public Instant epoch() {
        return epoch;
    }

    /** Number of the first frame at or after the instant; a barcode contains its lowest 20 bits. */
    public long frameAt(Instant instant) {
        return spec.framesIn(Duration.between(epoch, instant));
    }

    /** Presentation time of a frame, rounded down to the nanosecond. */
    public Instant timeOf(long frame) {
        return epoch.plus(spec.lengthOf(frame));
    }

    public FootageSpec spec() {
        return spec;
    }

    /** Listed recordings, oldest first. */
    public List<SimulatedRecording> recordings() {
        return recordings.stream()
                .sorted((a, b) -> a.start().compareTo(b.start()))
                .toList();
    }

    /** The recording that follows the last one. */
    private SimulatedRecording plan(Duration each) {
        Instant start = nextStart;
        Instant end = start.plus(each);
        long first = frameAt(start);
        long frames = frameAt(end) - first;
        if (!timeOf(first + frames).equals(end) || !end.equals(end.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException(each + " is no whole number of frames and milliseconds");
        }
        nextStart = end;
        return new SimulatedRecording(alias, start, end, first, frames);
    }

    private void record(SimulatedRecording recording) throws IOException {
        Path file = scratch.resolve(recording.fileName());
        try {
            Footage.record(file, spec, recording.firstFrame(), recording.frames(), recording.start());
            s3.putObject(
                    put -> put.bucket(bucket).key(key(recording)).contentType("video/mp4"), RequestBody.fromFile(file));
            recordings.add(recording);
            api.addRecording(alias, recording.start(), recording.end(), recording.fileName());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Creates every recording whose end has passed, several if the machine was slow, and removes old ones. */
    private void recordWhatIsDue() {
        Instant before = nextStart;
        try {
            while (!nextStart.plus(LIVE_EACH).isAfter(Instant.now())) {
                record(plan(LIVE_EACH));
                before = nextStart;
                prune();
            }
        } catch (IOException | RuntimeException e) {
            // the same recording is made again at the next check, so that there is never a gap
            nextStart = before;
            if (!live.isShutdown()) {
                LOG.log(System.Logger.Level.WARNING, "Cannot record from " + before, e);
            }
        }
    }

    private void prune() {
        Instant oldest = Instant.now().minus(KEPT);
        for (SimulatedRecording recording : recordings()) {
            if (recording.end().isBefore(oldest)) {
                api.removeRecording(recording.fileName());
                s3.deleteObject(delete -> delete.bucket(bucket).key(key(recording)));
                recordings.remove(recording);
            }
        }
    }

    private String key(SimulatedRecording recording) {
        return folder + "/" + recording.fileName();
    }

    /** Stops recording; recordings are kept. */
    @Override
    public void close() {
        if (liveLoop != null) {
            liveLoop.cancel(true);
        }
        live.shutdownNow();
        try {
            boolean ended = live.awaitTermination(10, TimeUnit.SECONDS);
            if (!ended) {
                LOG.log(System.Logger.Level.WARNING, "The last recording did not finish within 10 s");
            }
            FileSystemUtils.deleteRecursively(scratch);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "Cannot delete " + scratch, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
