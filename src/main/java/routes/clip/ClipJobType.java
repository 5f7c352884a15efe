package routes.clip;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.springframework.stereotype.Component;
import routes.aws.JobQueue;
import routes.aws.PresignedLinks;
import routes.failure.Failures;
import routes.failure.MalformedMessageException;
import routes.jobs.DeadLetter;
import routes.jobs.Job;
import routes.jobs.JobOutcome;
import routes.jobs.JobRequest;
import routes.jobs.QueuedJobType;

/** The job type that creates clips. */
@Component
class ClipJobType implements QueuedJobType {
    static final String NAME = "clip";
    private static final String ATTEMPTS_EXHAUSTED = "every attempt failed; request the clip again under a new clipId";

    private final JobQueue queue;
    private final ClipMessages messages;
    private final ClipEvents events;
    private final ClipResults results;
    private final ClipKeys keys;
    private final ClipPlanner planner;

    ClipJobType(
            JobQueue clipQueue,
            ClipMessages messages,
            ClipEvents events,
            ClipResults results,
            ClipKeys keys,
            ClipPlanner planner) {
        this.queue = clipQueue;
        this.messages = messages;
        this.events = events;
        this.results = results;
        this.keys = keys;
        this.planner = planner;
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
    public ClipRequest read(String text) {
        return messages.read(text);
    }

    @Override
    public DeadLetter readDeadLetter(String text) {
        ClipRequest readable = messages.readAvailableFields(text);
        try {
            ClipRequest request = messages.read(text);
            return new DeadLetter(request, request.identity(), ATTEMPTS_EXHAUSTED);
        } catch (MalformedMessageException e) {
            return new DeadLetter(readable, messages.identity(readable.clipId()), e.getMessage());
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
    public List<String> steps(Job job) {
        return List.of(
                "opened",
                "recordings listed",
                "recordings fetched",
                "segments encoded",
                "clip cut",
                "thumbnails made",
                "stored",
                "decided",
                "published");
    }

    @Override
    public Optional<Instant> deadline(Job job) {
        return Optional.ofNullable(messages.readAvailableFields(job.request()).end())
                .map(end -> planner.deadline(end, job.createdAt()));
    }

    @Override
    public List<Outcome> outcomes() {
        return Stream.of(ClipOutcome.values())
                .filter(outcome -> outcome != ClipOutcome.CLIP_PENDING)
                .map(outcome -> new Outcome(outcome.name(), outcome == ClipOutcome.CLIP_AVAILABLE, outcome.reason()))
                .toList();
    }

    @Override
    public JobOutcome fail(Job job, JobRequest request, String reason) {
        String event =
                events.document((ClipRequest) request, ClipOutcome.FATAL_ERROR, null, job.eventIdOfRun(), reason);
        return new JobOutcome(ClipOutcome.FATAL_ERROR.name(), event, null, reason);
    }

    /** For clips, only calls to the camera API use the HTTP component. */
    @Override
    public Optional<String> reason(Exception failure) {
        return Failures.cause(failure) instanceof HttpOperationFailedException http
                ? Optional.of("the camera API refused the request with status " + http.getStatusCode())
                : Optional.empty();
    }

    @Override
    public Map<String, String> attributes(Job job) {
        return job.subject() == null ? Map.of() : Map.of("cameraId", job.subject());
    }

    @Override
    public List<String> objects(Job job) {
        return keys.all(messages.readAvailableFields(job.request()));
    }

    @Override
    public Optional<String> mainObject(Job job) {
        return results.clipKey(job.result());
    }

    @Override
    public Object result(Job job, PresignedLinks links) {
        return results.view(messages.readAvailableFields(job.request()), job.result(), links);
    }

    @Override
    public String subjectName() {
        return "cameraId";
    }

    @Override
    public List<String> sinks() {
        return List.of("camera-api", "sns");
    }
}
