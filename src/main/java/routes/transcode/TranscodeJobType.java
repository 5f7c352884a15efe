package routes.transcode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import routes.aws.JobQueue;
import routes.aws.PresignedLinks;
import routes.failure.Failures;
import routes.failure.FfmpegCrashedException;
import routes.failure.FfmpegFailedException;
import routes.failure.MalformedMessageException;
import routes.failure.NotAFilmException;
import routes.jobs.DeadLetter;
import routes.jobs.Job;
import routes.jobs.JobOutcome;
import routes.jobs.JobRequest;
import routes.jobs.QueuedJobType;
import routes.settings.Settings;
import routes.transcode.mediaconvert.ConversionFailedException;
import routes.transcode.mediaconvert.EngineEvents;

/** The job type that makes streams of uploaded films. */
@Component
@Conditional(TranscodeSwitch.class)
class TranscodeJobType implements QueuedJobType {
    static final String NAME = "transcode";
    static final String SUBJECT = "inputFile";
    private static final String ATTEMPTS_EXHAUSTED = "every attempt failed";

    private final JobQueue queue;
    private final TranscodeMessages messages;
    private final TranscodeResults results;
    private final ContentKeyTable keys;
    private final StreamLocations locations;
    private final ObjectProvider<EngineEvents> engine;
    private final String bucket;

    TranscodeJobType(
            JobQueue transcodeQueue,
            TranscodeMessages messages,
            TranscodeResults results,
            ContentKeyTable keys,
            StreamLocations locations,
            ObjectProvider<EngineEvents> engine,
            Settings settings) {
        this.queue = transcodeQueue;
        this.messages = messages;
        this.results = results;
        this.keys = keys;
        this.locations = locations;
        this.engine = engine;
        this.bucket = settings.transcode().outputBucket();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public JobQueue queue() {
        return queue;
    }

    @Override
    public List<String> unwrap(String message) {
        return messages.unwrap(message);
    }

    @Override
    public TranscodeRequest read(String text) {
        return messages.read(text);
    }

    /** An event that is malformed has no id, so that only its reason is reported. */
    @Override
    public DeadLetter readDeadLetter(String message) {
        String text = messages.unwrap(message).stream().findFirst().orElse(message);
        TranscodeRequest readable = messages.readAvailableFields(text);
        try {
            TranscodeRequest request = messages.read(text);
            return new DeadLetter(request, request.identity(), ATTEMPTS_EXHAUSTED);
        } catch (MalformedMessageException e) {
            return new DeadLetter(readable, messages.identity(readable.jobId()), e.getMessage());
        }
    }

    @Override
    public String write(String request, String message) {
        return messages.write(request, message);
    }

    @Override
    public String firstMessage(Job job) {
        return "{}";
    }

    @Override
    public Optional<String> retryRefusal(Job job) {
        return TranscodeRequest.isElsewhere(job) && engine.getIfAvailable() == null
                ? Optional.of(EngineOffException.REASON)
                : Optional.empty();
    }

    @Override
    public List<String> steps(Job job) {
        return TranscodeRequest.isElsewhere(job)
                ? List.of("opened", "conversion requested", "finished", "decided", "published")
                : List.of("opened", "film fetched", "film read", "segments stored", "finished", "decided", "published");
    }

    @Override
    public List<Outcome> outcomes() {
        return TranscodeOutcome.all();
    }

    @Override
    public Optional<String> reason(Exception failure) {
        Throwable cause = Failures.cause(failure);
        return cause instanceof FfmpegFailedException || cause instanceof FfmpegCrashedException
                ? Optional.of("the film could not be converted")
                : Optional.empty();
    }

    @Override
    public JobOutcome fail(Job job, JobRequest request, String reason) {
        TranscodeOutcome outcome = TranscodeOutcome.STREAM_FAILED;
        return failed(job, outcome, outcome.name(), reason);
    }

    @Override
    public JobOutcome fail(Job job, JobRequest request, String reason, Throwable cause) {
        TranscodeOutcome outcome = TranscodeOutcome.STREAM_FAILED;
        if (cause instanceof NotAFilmException) {
            outcome = TranscodeOutcome.NOT_A_FILM;
        } else if (cause instanceof InputFileMissingException) {
            outcome = TranscodeOutcome.INPUT_FILE_MISSING;
        }
        String code = cause instanceof ConversionFailedException failed ? failed.code() : null;
        return failed(job, outcome, code == null ? outcome.name() : code, reason);
    }

    private JobOutcome failed(Job job, TranscodeOutcome outcome, String code, String reason) {
        ObjectNode result = results.failure(code, reason);
        return new JobOutcome(
                outcome.name(), TranscodeEvents.document(job, outcome, result), result.toString(), reason);
    }

    /** Their names are not known: {@link #prefixes} has all of them. */
    @Override
    public List<String> objects(Job job) {
        return List.of();
    }

    /** One per run, since a later run may have begun when an earlier one is cleaned up. */
    @Override
    public List<String> prefixes(Job job) {
        List<String> all = new ArrayList<>(locations.ofEarlierRuns(job));
        all.add(locations.of(job).prefix());
        return all;
    }

    @Override
    public void stop(Job job) {
        engine.ifAvailable(events -> events.cancel(job));
    }

    /** MediaConvert uploads while it works. */
    @Override
    public boolean storesLate(Job job) {
        // the details are written before CreateJob, whose answer may be lost
        boolean mayHaveConversion = job.engineId() != null || job.details() != null;
        return mayHaveConversion && engine.getIfAvailable() != null;
    }

    @Override
    public Optional<String> errorCode(Job job) {
        return results.errorCode(job);
    }

    @Override
    public Optional<String> bucket() {
        return Optional.of(bucket);
    }

    @Override
    public void forget(Job job) {
        keys.remove(job);
    }

    /** Players read the playlist over REST. */
    @Override
    public Optional<String> mainObject(Job job) {
        return Optional.empty();
    }

    @Override
    public Object result(Job job, PresignedLinks links) {
        return results.view(job);
    }

    @Override
    public String subjectName() {
        return SUBJECT;
    }

    @Override
    public List<String> sinks() {
        return List.of("sns");
    }
}
