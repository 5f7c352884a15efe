package routes.greeting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Variable;
import org.springframework.context.annotation.Bean;
import routes.aws.JobQueue;
import routes.aws.PresignedLinks;
import routes.failure.InvalidField;
import routes.failure.MalformedMessageException;
import routes.failure.PermanentException;
import routes.jobs.DeadLetter;
import routes.jobs.Identifier;
import routes.jobs.Job;
import routes.jobs.JobOutcome;
import routes.jobs.JobRequest;
import routes.jobs.QueuedJobType;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A job type outside of the service, whose jobs store a greeting. A job type needs only such a class and its routes.
 */
public class GreetingJobType implements QueuedJobType {
    static final String NAME = "greeting";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JobQueue queue;

    public GreetingJobType(JobQueue greetingQueue) {
        this.queue = greetingQueue;
    }

    /** Queue of its requests. */
    public static class Queue {
        @Bean
        JobQueue greetingQueue(SqsClient sqs) {
            String url = sqs.createQueue(r -> r.queueName(NAME)).queueUrl();
            String deadLetters =
                    sqs.createQueue(r -> r.queueName(NAME + "-dead-letters")).queueUrl();
            return new JobQueue(sqs, NAME, url, deadLetters);
        }
    }

    /**
     * @param waits number of waits before the greeting
     * @param waited number of waits so far
     */
    public record Request(String id, String whom, int waits, int waited) implements JobRequest {
        @Override
        public String jobId() {
            return id;
        }

        @Override
        public String subject() {
            return whom;
        }

        @Override
        public String identity() {
            return JSON.createObjectNode()
                    .put("id", id)
                    .put("whom", whom)
                    .put("waits", waits)
                    .toString();
        }

        @Override
        public int sequence() {
            return waited;
        }

        @Override
        public String message() {
            return JSON.createObjectNode().put("waited", waited).toString();
        }
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
    public Request read(String text) {
        JsonNode root = tree(text);
        if (!root.path("whom").isTextual()) {
            throw new MalformedMessageException(
                    new InvalidField("whom", root.path("whom").toString(), "a name"));
        }
        return new Request(
                id(root),
                root.get("whom").asText(),
                root.path("waits").asInt(),
                root.path("waited").asInt());
    }

    @Override
    public DeadLetter readDeadLetter(String text) {
        String id = id(tree(text));
        try {
            Request request = read(text);
            return new DeadLetter(request, request.identity(), "nobody was greeted");
        } catch (MalformedMessageException e) {
            return new DeadLetter(new Request(id, null, 0, 0), "{\"id\":\"" + id + "\"}", e.getMessage());
        }
    }

    @Override
    public String write(String request, String message) {
        return ((ObjectNode) tree(request)).setAll((ObjectNode) tree(message)).toString();
    }

    @Override
    public String firstMessage(Job job) {
        return "{\"waited\":0}";
    }

    @Override
    public List<Outcome> outcomes() {
        return List.of(
                new Outcome("GREETED", true, null),
                new Outcome("REFUSED_TO_GREET", false, "there is nobody of that name"));
    }

    @Override
    public JobOutcome fail(Job job, JobRequest request, String reason) {
        return new JobOutcome("REFUSED_TO_GREET", event(job, "REFUSED_TO_GREET"), null, reason);
    }

    /** Called by its route. */
    public String greet(@Variable("request") Request request) {
        if (request.whom().equals("nobody")) {
            throw new NobodyException();
        }
        return "hello " + request.whom();
    }

    /** A retry would fail in the same way. */
    static final class NobodyException extends PermanentException {
        NobodyException() {
            super("there is nobody");
        }
    }

    /** Called by its route. */
    public Request next(@Variable("request") Request request) {
        return new Request(request.id(), request.whom(), request.waits(), request.waited() + 1);
    }

    /** Called by its route. */
    public JobOutcome greeted(@Variable("job") Job job) {
        return new JobOutcome("GREETED", event(job, "GREETED"), "{\"key\":\"" + key(job) + "\"}", null);
    }

    @Override
    public List<String> objects(Job job) {
        return List.of(key(job));
    }

    @Override
    public Optional<String> mainObject(Job job) {
        return Optional.of(key(job));
    }

    @Override
    public Object result(Job job, PresignedLinks links) {
        return Map.of("greeting", links.to(key(job)));
    }

    @Override
    public String subjectName() {
        return "whom";
    }

    @Override
    public List<String> sinks() {
        return List.of("sns");
    }

    private static String event(Job job, String outcome) {
        return JSON.createObjectNode()
                .put("clipId", job.id())
                .put("status", outcome)
                .put("eventId", job.eventIdOfRun())
                .toString();
    }

    private static String key(Job job) {
        return "greetings/" + job.id() + ".txt";
    }

    private static String id(JsonNode root) {
        String id = root.path("id").asText();
        if (!Identifier.isValid(id)) {
            throw new MalformedMessageException(new InvalidField("id", id, Identifier.ALLOWED));
        }
        return id;
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException("not JSON", e);
        }
    }
}
