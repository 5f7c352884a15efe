package routes.snapshot;

import java.io.File;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;
import routes.failure.Failures;
import routes.failure.PermanentException;
import routes.jobs.Job;
import routes.jobs.JobOutcome;
import routes.jobs.JobStore;
import routes.jobs.NewJob;
import routes.scratch.Workspace;

/** The jobs of stored snapshots: each is written once, when it has ended; each method is one step of a route. */
@Component("snapshotJobs")
public class SnapshotJobs {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotJobs.class);
    private static final DateTimeFormatter IN_KEY =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int NOT_FOUND = 404;

    private final JobStore store;
    private final SnapshotResults results;
    private final Failures reasons;

    SnapshotJobs(JobStore store, SnapshotResults results, Failures reasons) {
        this.store = store;
        this.results = results;
        this.reasons = reasons;
    }

    /** @return such as snapshots/front-door/20261128T101500123Z-01KB….jpg */
    public String key(@Variable("request") SnapshotRequest request, @Variable("source") FrameSource source) {
        return "snapshots/" + request.subject() + "/" + IN_KEY.format(source.frameAt()) + "-" + request.jobId()
                + ".jpg";
    }

    public File file(@Variable("workspace") Workspace workspace) {
        workspace.ensureHeld();
        return workspace.file(StillPictures.PICTURE).toFile();
    }

    /** @return the job of a picture that is stored */
    public Job done(
            @Variable("request") SnapshotRequest request,
            @Variable("source") FrameSource source,
            @Variable("picture") JpegPicture picture,
            @Variable("key") String key,
            @Variable("caller") String caller) {
        String result = results.document(request, source, picture, key);
        JobOutcome outcome = new JobOutcome(SnapshotJobType.AVAILABLE, null, result, null);
        return store.record(job(request, caller), outcome, true);
    }

    /**
     * Writes the job of a picture that could not be stored. It throws nothing, since the failure is answered anyway.
     */
    public void failed(
            @Variable("request") SnapshotRequest request,
            @Variable("caller") String caller,
            @ExchangeProperty("failure") Exception failure) {
        if (!request.isStored()) {
            return;
        }
        String name = SnapshotFailures.isNoFrame(failure) ? SnapshotJobType.NOT_AVAILABLE : SnapshotJobType.FAILED;
        try {
            store.record(job(request, caller), new JobOutcome(name, null, null, reason(failure)), false);
        } catch (RuntimeException e) {
            LOG.warn("the failed snapshot {} could not be recorded: {}", request.jobId(), e.getMessage());
        }
    }

    private String reason(Exception failure) {
        if (failure instanceof HttpOperationFailedException http && http.getStatusCode() == NOT_FOUND) {
            return Failures.UNKNOWN_CAMERA;
        }
        boolean isFinal = failure instanceof PermanentException || failure instanceof ClientErrorException;
        return isFinal ? reasons.reason(failure) : reasons.transientReason(failure);
    }

    private static NewJob job(SnapshotRequest request, String caller) {
        return new NewJob(
                request.jobId(),
                SnapshotJobType.NAME,
                request.subject(),
                caller,
                request.json(),
                "{}",
                0,
                request.askedAt());
    }

    /**
     * @param picture null if the client has it
     * @param job null unless it is stored
     */
    public Snapshot snapshot(
            @Variable("source") FrameSource source,
            @Variable("picture") JpegPicture picture,
            @Variable("job") Job job) {
        return new Snapshot(source, picture, job);
    }
}
