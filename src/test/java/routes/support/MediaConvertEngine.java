package routes.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Does the work of the local MediaConvert: reads a film, makes its stream, stores half of the files, then the others,
 * and reports each step as an event. All jobs run at once.
 */
final class MediaConvertEngine implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNREADABLE = 1010;
    private static final int MISSING = 1404;
    private static final int INTERNAL = 1999;

    private record Failure(int code, String message) {}

    private final S3Client s3;
    private final MediaConvertEvents events;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "media-convert-job");
        thread.setDaemon(true);
        return thread;
    });
    private boolean isPaused;
    private boolean storesLate;
    private Failure failure;

    MediaConvertEngine(S3Client s3, MediaConvertEvents events) {
        this.s3 = s3;
        this.events = events;
    }

    /** Jobs wait from now on when half of their files are stored, or go on. */
    synchronized void pause(boolean isWanted) {
        isPaused = isWanted;
        notifyAll();
    }

    /** Jobs that are canceled or fail from now on store one more file after that event, or none. */
    synchronized void storeLate(boolean isWanted) {
        storesLate = isWanted;
    }

    /** From now on jobs fail when half of their files are stored. */
    synchronized void fail(int code, String message) {
        failure = new Failure(code, message);
    }

    synchronized void reset() {
        failure = null;
        storesLate = false;
        pause(false);
    }

    void start(MediaConvertJob job) {
        events.add(job);
        threads.execute(() -> run(job));
    }

    /** @return whether the job had not ended */
    boolean cancel(MediaConvertJob job) {
        if (!job.end(MediaConvertJob.CANCELED, state -> {})) {
            return false;
        }
        arise(job, MediaConvertJob.CANCELED, detail -> {});
        synchronized (this) {
            notifyAll();
        }
        return true;
    }

    private void run(MediaConvertJob job) {
        Path work = null;
        try {
            work = Files.createTempDirectory("media-convert");
            work(job, work);
        } catch (IOException | RuntimeException e) {
            end(job, new Failure(INTERNAL, "Unexpected error: " + e.getMessage()));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            try {
                FileSystemUtils.deleteRecursively(work);
            } catch (IOException e) {
                System.getLogger(MediaConvertEngine.class.getName()).log(System.Logger.Level.WARNING, "left", e);
            }
        }
    }

    private void work(MediaConvertJob job, Path work) throws IOException, InterruptedException {
        job.begin();
        report(job, "PROGRESSING", detail -> {});
        job.progress(MediaConvertPhase.PROBING, -1);
        ProbedFilm film = probed(job, work);
        if (film == null) {
            return;
        }
        report(job, "INPUT_INFORMATION", detail -> detail.putArray("inputDetails")
                .add(film.details(job.input())));
        update(job, MediaConvertPhase.TRANSCODING, 0, -1);
        HlsOutput output = new HlsOutput(job.settings(), work);
        output.make(film);
        update(job, MediaConvertPhase.TRANSCODING, 50, 45);
        List<Path> files = output.files();
        int half = files.size() / 2;
        if (!store(job, output, files.subList(0, half)) || !goesOn(job)) {
            if (isLate()) {
                store(output, files.get(half));
            }
            return;
        }
        update(job, MediaConvertPhase.UPLOADING, 50, 90);
        if (store(job, output, files.subList(half, files.size()))
                && job.end(MediaConvertJob.COMPLETE, state -> {
                    state.put("jobPercentComplete", 100);
                    state.set("outputGroupDetails", output.details(false));
                })) {
            arise(job, MediaConvertJob.COMPLETE, detail -> {
                detail.set("outputGroupDetails", output.details(true));
                detail.put("paddingInserted", 0).put("blackVideoDetected", 0);
            });
        }
    }

    /** @return null if the job has failed */
    private ProbedFilm probed(MediaConvertJob job, Path work) {
        String uri = job.input();
        String path = uri.substring("s3://".length());
        int slash = path.indexOf('/');
        Path file = work.resolve("film");
        String problem = "Unable to open input file [" + uri + "]: [Failed probe/open: [";
        try {
            s3.getObject(r -> r.bucket(path.substring(0, slash)).key(path.substring(slash + 1)), file);
            return ProbedFilm.of(file);
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            end(job, new Failure(MISSING, problem + "Failed to read data: HeadObject failed]]"));
        } catch (IllegalStateException e) {
            end(job, new Failure(UNREADABLE, problem + e.getMessage().replace(file.toString(), uri) + "]]"));
        }
        return null;
    }

    /** @return whether the job goes on: false if it has ended, and if it fails here */
    private boolean goesOn(MediaConvertJob job) throws InterruptedException {
        Failure planned;
        synchronized (this) {
            while (isPaused && !job.hasEnded()) {
                wait();
            }
            planned = failure;
        }
        if (planned != null) {
            end(job, planned);
        }
        return !job.hasEnded();
    }

    private synchronized boolean isLate() {
        return storesLate;
    }

    private boolean store(MediaConvertJob job, HlsOutput output, List<Path> files) throws IOException {
        for (Path file : files) {
            if (job.hasEnded()) {
                return false;
            }
            try {
                store(output, file);
            } catch (NoSuchBucketException e) {
                String uri = "s3://" + output.bucket() + "/" + output.key(file);
                end(
                        job,
                        new Failure(MISSING, "Unable to write to output file [" + uri + "]: [" + e.getMessage() + "]"));
                return false;
            }
        }
        return true;
    }

    private void store(HlsOutput output, Path file) throws IOException {
        byte[] bytes = output.bytes(file);
        s3.putObject(
                r -> r.bucket(output.bucket()).key(output.key(file)).contentType(HlsOutput.contentType(file)),
                RequestBody.fromBytes(bytes));
    }

    private void end(MediaConvertJob job, Failure why) {
        boolean isEnded = job.end(
                MediaConvertJob.ERROR, state -> state.put("errorCode", why.code).put("errorMessage", why.message));
        if (isEnded) {
            arise(job, MediaConvertJob.ERROR, detail -> detail.put("errorCode", why.code)
                    .put("errorMessage", why.message));
        }
    }

    /** @param percent of the job; negative for an unknown one, which the event leaves out */
    private void update(MediaConvertJob job, MediaConvertPhase phase, int ofPhase, int percent) {
        job.progress(phase, percent);
        ObjectNode progress = JSON.createObjectNode();
        ObjectNode phases = progress.putObject("phaseProgress");
        for (MediaConvertPhase one : MediaConvertPhase.values()) {
            int order = one.compareTo(phase);
            phases.putObject(one.name())
                    .put("status", order < 0 ? "COMPLETE" : order > 0 ? "PENDING" : "PROGRESSING")
                    .put("percentComplete", order < 0 ? 100 : order > 0 ? 0 : ofPhase);
        }
        if (percent >= 0) {
            progress.put("jobPercentComplete", percent);
        }
        progress.put("currentPhase", phase.name()).put("retryCount", 0);
        report(job, "STATUS_UPDATE", detail -> detail.put("framesDecoded", ofPhase)
                .set("jobProgress", progress));
    }

    private void report(MediaConvertJob job, String status, Consumer<ObjectNode> details) {
        if (!job.hasEnded()) {
            arise(job, status, details);
        }
    }

    private void arise(MediaConvertJob job, String status, Consumer<ObjectNode> details) {
        events.arise(events.event(job, status, details));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
