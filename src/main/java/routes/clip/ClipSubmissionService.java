package routes.clip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;
import routes.failure.InvalidField;
import routes.failure.MalformedMessageException;
import routes.failure.RequestConflictException;
import routes.jobs.IdempotencyKeys;
import routes.jobs.Job;
import routes.jobs.JobCommands;
import routes.jobs.NewJob;
import routes.settings.Settings;

/**
 * Reads and validates clip requests submitted over REST. Creates the job before the response is sent.
 * See docs/decisions/0027.
 */
@Component("clipSubmissionService")
public class ClipSubmissionService {
    private final ClipMessages messages;
    private final ClipPlanner planner;
    private final JobCommands commands;
    private final IdempotencyKeys keys;
    private final ClipJobType type;
    private final ObjectMapper json;
    private final Clock clock;
    private final int longest;

    ClipSubmissionService(
            ClipMessages messages,
            ClipPlanner planner,
            JobCommands commands,
            IdempotencyKeys keys,
            ClipJobType type,
            ObjectMapper json,
            Clock clock,
            Settings settings) {
        this.messages = messages;
        this.planner = planner;
        this.commands = commands;
        this.keys = keys;
        this.type = type;
        this.json = json;
        this.clock = clock;
        this.longest = settings.times().longestClip();
    }

    /**
     * @param body already validated against the contract
     * @throws ClientErrorException if the interval is too long
     * @throws routes.failure.InvalidRequestException if the interval is impossible
     */
    public ClipSubmission read(
            @Body String body, @Header("Idempotency-Key") String key, @Variable("caller") String caller)
            throws JsonProcessingException {
        ObjectNode root = (ObjectNode) json.readTree(body);
        boolean named = root.hasNonNull("clipId");
        if (!named) {
            root.put("clipId", UlidCreator.getMonotonicUlid().toString());
        }
        ClipRequest request = messages.read(root.toString()).first();
        planner.ensureValid(request, clock.instant());
        if (planner.isTooLong(request)) {
            String end = Long.toString(request.end().toEpochMilli());
            throw ClientErrorException.unprocessable(
                    new InvalidField("endTimestampInMs", end, "at most " + longest + " s after startTimestampInMs"));
        }
        return new ClipSubmission(request, caller, key, false, (named ? request : request.withClipId("")).identity());
    }

    /**
     * @param body in any form that the queue accepts; as in the queue, a request that is too long gets a job
     * @throws MalformedMessageException if a field is invalid; names the first one
     * @throws routes.failure.InvalidRequestException if the interval is impossible
     */
    public ClipSubmission readLegacyForm(@Body String body, @Variable("caller") String caller) {
        List<String> requests = messages.unwrap(body);
        if (requests.size() != 1) {
            throw new MalformedMessageException(new InvalidField(
                    "Records", requests.size() + " requests", "one request, since the response describes one job"));
        }
        // clients cut an id that they did not choose out of the answer, by the length of a UUID
        String named = messages.named(requests.get(0), UUID.randomUUID().toString());
        ClipRequest request = messages.read(named).first();
        planner.ensureValid(request, clock.instant());
        return new ClipSubmission(request, caller, null, false, request.identity());
    }

    /**
     * Claims the {@code Idempotency-Key}, if any.
     *
     * @return the submission with the id of the job that belongs to the key
     * @throws routes.failure.IdempotencyConflictException if the key belongs to another request or is in use
     */
    public ClipSubmission claim(@Variable("submission") ClipSubmission submission) {
        if (submission.key() == null) {
            return submission;
        }
        IdempotencyKeys.Claim claim = keys.claim(
                submission.caller(),
                submission.key(),
                submission.canonical(),
                submission.request().clipId());
        return submission.claimed(claim.jobId(), claim.isNew());
    }

    /**
     * Creates the job, or finds the job of an earlier equal request.
     *
     * @throws ClientErrorException if the caller has too many open jobs
     * @throws RequestConflictException if the id belongs to another request
     */
    public Job open(@Variable("submission") ClipSubmission submission) {
        try {
            return queue(submission);
        } catch (ClientErrorException notWritten) {
            if (submission.isNewKey()) {
                keys.release(submission.caller(), submission.key());
            }
            throw notWritten;
        }
    }

    /** Ends the use of the {@code Idempotency-Key}, if any, whatever came of the request. */
    public void finish(@Variable("submission") ClipSubmission submission) {
        if (submission.key() != null) {
            keys.done(submission.caller(), submission.key());
        }
    }

    private Job queue(ClipSubmission submission) {
        try {
            return commands.queue(NewJob.of(type, submission.request(), submission.caller(), clock.instant()));
        } catch (RequestConflictException e) {
            throw new RequestConflictException(submission.request().clipId(), "clipId");
        }
    }
}
