package routes.api.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.aws.PresignedLinks;
import routes.jobs.Job;
import routes.jobs.JobPage;
import routes.jobs.JobStatus;

/** Jobs as they are answered over REST. */
@Component("jobResponses")
public class JobResponses {
    private static final String SUCCEEDED = "CLIP_AVAILABLE";
    private static final Map<String, String> REASONS = Map.of(
            "CLIP_NOT_AVAILABLE", "there is no footage of the interval",
            "CLIP_OUT_OF_RANGE", "the interval is older than footage is kept",
            "CLIP_TOO_LONG", "the interval is longer than a clip may be",
            "CLIP_RETRY_TIMEOUT", "the footage did not come in time");

    private final PresignedLinks links;
    private final ObjectMapper json;
    private final Clock clock;

    JobResponses(PresignedLinks links, ObjectMapper json, Clock clock) {
        this.links = links;
        this.json = json;
        this.clock = clock;
    }

    /** Answers with the job as it is. */
    public void found(@Variable("job") Job job, Message message) throws JsonProcessingException {
        answer(message, 200, json.writeValueAsString(of(job)));
        retryAfter(message, job);
    }

    /** Answers that the job is written, and where it is. */
    public void accepted(@Variable("job") Job job, Message message) throws JsonProcessingException {
        answer(message, 202, json.writeValueAsString(of(job)));
        message.setHeader("Location", "/jobs/" + job.id());
        retryAfter(message, job);
    }

    /** Answers with a page of a list. */
    public void listed(@Variable("page") JobPage page, Message message) throws JsonProcessingException {
        List<JobView> jobs = new ArrayList<>();
        for (Job job : page.jobs()) {
            jobs.add(of(job));
        }
        Map<String, Object> list = new LinkedHashMap<>(Map.of("jobs", jobs));
        if (page.next() != null) {
            list.put("next", page.next().text());
        }
        answer(message, 200, json.writeValueAsString(list));
    }

    /** Answers with what is JSON already. */
    public void json(Message message) {
        answer(message, 200, message.getBody(String.class));
    }

    public static void answer(Message message, int status, String body) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(body);
    }

    private void retryAfter(Message message, Job job) {
        Duration wait =
                switch (job.status()) {
                    case QUEUED -> Duration.ofSeconds(5);
                    case RUNNING -> Duration.ofSeconds(2);
                    case WAITING -> Duration.between(clock.instant(), job.nextLook());
                    case ANNOUNCING -> Duration.ofSeconds(1);
                    case DONE, FAILED, CANCELLED -> null;
                };
        if (wait != null) {
            message.setHeader("Retry-After", Math.max(1, wait.toSeconds()));
        }
    }

    private JobView of(Job job) throws JsonProcessingException {
        JobStatus status = job.status();
        boolean open = !status.isTerminal() && status != JobStatus.ANNOUNCING;
        boolean again = status == JobStatus.FAILED || status == JobStatus.CANCELLED;
        String self = "/jobs/" + job.id();
        return new JobView(
                job.id(),
                job.type(),
                status,
                job.outcome(),
                job.progress(),
                job.step(),
                json.readTree(job.request()),
                job.attempt(),
                job.run(),
                result(job),
                error(job),
                job.asked(),
                job.started(),
                job.nextLook(),
                job.ended(),
                new JobView.Links(self, open ? self : null, again ? self + "/retry" : null));
    }

    private JobView.Result result(Job job) throws JsonProcessingException {
        if (job.result() == null || !SUCCEEDED.equals(job.outcome())) {
            return null;
        }
        JsonNode result = json.readTree(job.result());
        List<JobView.Thumbnail> thumbnails = new ArrayList<>();
        result.path("thumbnails").properties().forEach(made -> {
            PresignedLinks.Link link = links.to(made.getValue().asText());
            thumbnails.add(
                    new JobView.Thumbnail(Integer.parseInt(made.getKey()), link.url(), link.key(), link.expiresAt()));
        });
        return new JobView.Result(
                links.to(result.path("clip").asText()),
                thumbnails,
                result.path("durationInMs").asLong(),
                result.path("gaps"),
                present(result.path("cut")));
    }

    private static JsonNode present(JsonNode node) {
        return node instanceof MissingNode ? null : node;
    }

    private static JobView.Failure error(Job job) {
        if (job.outcome() == null || SUCCEEDED.equals(job.outcome())) {
            return null;
        }
        String message = job.error() == null ? REASONS.getOrDefault(job.outcome(), "there is no clip") : job.error();
        return new JobView.Failure(job.outcome(), message);
    }
}
