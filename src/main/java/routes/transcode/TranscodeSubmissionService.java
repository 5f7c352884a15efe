package routes.transcode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;
import routes.failure.InvalidField;
import routes.failure.OneLine;
import routes.jobs.IdempotencyKeys;
import routes.jobs.Job;
import routes.jobs.JobCommands;
import routes.jobs.JobFilter;
import routes.jobs.JobLists;
import routes.jobs.JobStatus;
import routes.jobs.NewJob;
import routes.settings.Settings;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Reads transcode requests submitted over REST. Creates the job before the response is sent, or finds the job of the same
 * upload. See docs/decisions/0040.
 */
@Component("transcodeSubmissionService")
@Conditional(TranscodeSwitch.class)
public class TranscodeSubmissionService {
    private static final Set<JobStatus> ALIVE =
            Set.of(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.WAITING, JobStatus.ANNOUNCING, JobStatus.DONE);
    private static final int LATEST = 10;
    private static final int SHOWN = 100;

    private final TranscodeMessages messages;
    private final TranscodeJobType type;
    private final JobCommands commands;
    private final JobLists lists;
    private final IdempotencyKeys keys;
    private final ObjectMapper json;
    private final Clock clock;
    private final String bucket;
    private final String defaultEngine;
    private final List<String> engines;

    TranscodeSubmissionService(
            TranscodeMessages messages,
            TranscodeJobType type,
            JobCommands commands,
            JobLists lists,
            IdempotencyKeys keys,
            ObjectMapper json,
            Clock clock,
            Settings settings) {
        this.messages = messages;
        this.type = type;
        this.commands = commands;
        this.lists = lists;
        this.keys = keys;
        this.json = json;
        this.clock = clock;
        this.bucket = settings.transcode().bucket();
        this.defaultEngine = settings.transcode().engine();
        this.engines = settings.transcode().requestable();
    }

    /**
     * @param body already validated against the contract
     * @throws ClientErrorException if the key is impossible, or requests may not name the engine
     */
    public TranscodeSubmission read(
            @Body String body, @Header("Idempotency-Key") String key, @Variable("caller") String caller)
            throws JsonProcessingException {
        JsonNode root = json.readTree(body);
        String inputFile = root.path("inputFile").asText();
        if (!InputKey.isValid(inputFile)) {
            throw unprocessable(inputFile, InputKey.ALLOWED);
        }
        if (InputKey.isOutput(inputFile)) {
            throw unprocessable(inputFile, "the key of an uploaded film, not below 'transcodes/'");
        }
        String engine = root.path("engine").asText(null);
        if (engine != null && !engines.contains(engine)) {
            throw ClientErrorException.unprocessable(new InvalidField("engine", engine, String.join(" or ", engines)));
        }
        return new TranscodeSubmission(inputFile, engine, null, caller, key, false);
    }

    /** @throws ClientErrorException always */
    public void refuseUnknown(@Variable("submission") TranscodeSubmission submission) {
        throw unprocessable(submission.inputFile(), "the key of an object in the bucket of uploads");
    }

    private static ClientErrorException unprocessable(String inputFile, String allowed) {
        return ClientErrorException.unprocessable(new InvalidField("inputFile", OneLine.of(inputFile, SHOWN), allowed));
    }

    /**
     * @param head of the object to be transcoded
     * @return the submission with the request of a job of the same object, unless the client names another engine; or else
     *     with one of its own
     */
    public TranscodeSubmission identify(
            @Variable("submission") TranscodeSubmission submission, @Body HeadObjectResponse head) {
        UploadedObject object =
                new UploadedObject(bucket, submission.inputFile(), head.versionId(), head.eTag(), null, null);
        String engine = submission.engine() == null ? defaultEngine : submission.engine();
        TranscodeRequest own = TranscodeRequest.of(object, object.contentId(), engine);
        List<TranscodeRequest> known = ofObject(own);
        if (known.isEmpty()) {
            return submission.with(own);
        }
        return submission.with(known.stream()
                .filter(other -> submission.engine() == null || other.engine().equals(engine))
                .findFirst()
                .orElseGet(() -> TranscodeRequest.of(object, object.contentId(engine), engine)));
    }

    /** @return the requests of the object, of its event or of clients, newest first */
    private List<TranscodeRequest> ofObject(TranscodeRequest own) {
        JobFilter sameFile = new JobFilter(type.name(), own.inputFile(), ALIVE, null, null);
        return lists.page(sameFile, LATEST, null).jobs().stream()
                .map(job -> messages.readAvailableFields(job.request()))
                .filter(other -> other.isOfSameObject(own))
                .toList();
    }

    /**
     * Claims the {@code Idempotency-Key}, if any.
     *
     * @return the submission with the job that belongs to the key
     * @throws routes.failure.IdempotencyConflictException if the key belongs to another request or is in use
     */
    public TranscodeSubmission claim(@Variable("submission") TranscodeSubmission submission) {
        if (submission.key() == null) {
            return submission;
        }
        TranscodeRequest request = submission.request();
        IdempotencyKeys.Claim claim =
                keys.claim(submission.caller(), submission.key(), submission.canonical(), request.jobId());
        return submission.with(request.withJobId(claim.jobId())).claimed(claim.isNew());
    }

    /**
     * Creates the job, or returns the known one.
     *
     * @param known the job with this id; null if none
     * @throws ClientErrorException if the caller has too many open jobs
     */
    public Job open(@Variable("submission") TranscodeSubmission submission, @Variable("job") Job known) {
        try {
            return known != null ? known : queue(submission);
        } catch (ClientErrorException notWritten) {
            if (submission.isNewKey()) {
                keys.release(submission.caller(), submission.key());
            }
            throw notWritten;
        }
    }

    /** Ends the use of the {@code Idempotency-Key}, if any, whatever came of the request. */
    public void finish(@Variable("submission") TranscodeSubmission submission) {
        if (submission.key() != null) {
            keys.done(submission.caller(), submission.key());
        }
    }

    private Job queue(TranscodeSubmission submission) {
        return commands.queue(NewJob.of(type, submission.request(), submission.caller(), clock.instant()));
    }
}
