package routes.clip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.aws.ClipQueue;
import routes.failure.ClientErrorException;
import routes.failure.InvalidField;
import routes.failure.MalformedMessageException;
import routes.failure.RequestConflictException;
import routes.jobs.IdempotencyKeys;
import routes.jobs.Job;
import routes.jobs.JobCommands;
import routes.jobs.JobLists;
import routes.jobs.NewJob;
import routes.settings.Settings;

/** Clip requests that come over REST: read, checked, and written as jobs before they are answered. */
@Component("clipSubmissionService")
public class ClipSubmissionService {
    private static final Duration CAPPED = Duration.ofSeconds(30);

    private final ClipMessages messages;
    private final ClipPlanner planner;
    private final JobCommands orders;
    private final JobLists lists;
    private final IdempotencyKeys keys;
    private final ClipQueue queue;
    private final ObjectMapper json;
    private final Clock clock;
    private final int mostOpen;
    private final int longest;

    ClipSubmissionService(
            ClipMessages messages,
            ClipPlanner planner,
            JobCommands orders,
            JobLists lists,
            IdempotencyKeys keys,
            ClipQueue queue,
            ObjectMapper json,
            Clock clock,
            Settings settings) {
        this.messages = messages;
        this.planner = planner;
        this.orders = orders;
        this.lists = lists;
        this.keys = keys;
        this.queue = queue;
        this.json = json;
        this.clock = clock;
        this.mostOpen = settings.api().openJobs();
        this.longest = settings.times().longestClip();
    }

    /**
     * @param body as the contract has it, already checked against it
     * @throws ClientErrorException when the interval is too long
     * @throws routes.failure.InvalidRequestException when the interval can never be fulfilled
     */
    public ClipSubmission read(
            @Body String body, @Header("Idempotency-Key") String key, @Variable("caller") String caller)
            throws JsonProcessingException {
        ObjectNode root = (ObjectNode) json.readTree(body);
        boolean named = root.hasNonNull("clipId");
        if (!named) {
            root.put("clipId", UlidCreator.getMonotonicUlid().toString());
        }
        ClipRequest request = messages.read(root.toString()).withRetryTimestamps(List.of());
        if (planner.judgeAt(clock.instant(), request).outcome() == ClipOutcome.CLIP_TOO_LONG) {
            String end = Long.toString(request.end().toEpochMilli());
            throw ClientErrorException.unprocessable(
                    new InvalidField("endTimestampInMs", end, "at most " + longest + " s after startTimestampInMs"));
        }
        return new ClipSubmission(request, caller, key, messages.identity(named ? request : request.withClipId("")));
    }

    /**
     * @param body in any form that the queue takes; one that is too long gets a job, as it does there
     * @throws MalformedMessageException names the first field that is wrong
     * @throws routes.failure.InvalidRequestException when the interval can never be fulfilled
     */
    public ClipSubmission readEarlierForm(@Body String body, @Variable("caller") String caller) {
        List<String> requests = messages.unwrap(body);
        if (requests.size() != 1) {
            throw new MalformedMessageException(new InvalidField(
                    "Records", requests.size() + " requests", "one request, since one job is answered"));
        }
        ClipRequest request = messages.read(requests.get(0)).withRetryTimestamps(List.of());
        planner.judgeAt(clock.instant(), request);
        return new ClipSubmission(request, caller, null, messages.identity(request));
    }

    /**
     * Writes the job, or finds the one that the same request made before.
     *
     * @throws ClientErrorException when the caller has too many open jobs
     * @throws routes.failure.RequestConflictException when the id belongs to another request
     * @throws routes.failure.IdempotencyConflictException when the key does, or is in use
     */
    public Job open(@Variable("order") ClipSubmission order) {
        if (order.key() == null) {
            return queued(order.request(), order.caller());
        }
        IdempotencyKeys.Claim claim = keys.claim(
                order.caller(), order.key(), order.asked(), order.request().clipId());
        try {
            Job job = queued(order.request().withClipId(claim.jobId()), order.caller());
            keys.done(order.caller(), order.key());
            return job;
        } catch (ClientErrorException | RequestConflictException notWritten) {
            if (claim.isNew()) {
                keys.release(order.caller(), order.key());
            }
            throw notWritten;
        }
    }

    private Job queued(ClipRequest request, String caller) {
        NewJob job = new NewJob(
                request.clipId(),
                ClipJobs.TYPE,
                request.cameraId(),
                caller,
                messages.identity(request),
                List.of(),
                clock.instant());
        if (orders.find(job).isEmpty() && lists.openJobsOf(caller, mostOpen) >= mostOpen) {
            throw ClientErrorException.tooMany(
                    "you have " + mostOpen + " open jobs, the most that there may be", CAPPED);
        }
        return orders.queue(job);
    }

    /** Notes that the job's message is in the queue. */
    public void sent(@Variable("job") Job job) {
        orders.sent(job, clock.instant().plus(queue.retention()));
    }

    /** @return what a job asks for; its camera is null where it was never readable */
    public ClipRequest requestOf(@Variable("job") Job job) {
        return messages.readWhatIsThere(job.request());
    }
}
