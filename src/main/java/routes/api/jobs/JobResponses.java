package routes.api.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import routes.jobs.JobType;
import routes.jobs.JobTypeRegistry;

/** REST responses for jobs. */
@Component("jobResponses")
public class JobResponses {
    private final JobTypeRegistry types;
    private final PresignedLinks links;
    private final ObjectMapper json;
    private final Clock clock;

    JobResponses(JobTypeRegistry types, PresignedLinks links, ObjectMapper json, Clock clock) {
        this.types = types;
        this.links = links;
        this.json = json;
        this.clock = clock;
    }

    /** Responds with the job. */
    public void found(@Variable("job") Job job, Message message) throws JsonProcessingException {
        answer(message, 200, json.writeValueAsString(of(job)));
        retryAfter(message, job);
    }

    /** Responds with 202, the job and its {@code Location}. */
    public void accepted(@Variable("job") Job job, Message message) throws JsonProcessingException {
        answer(message, 202, json.writeValueAsString(of(job)));
        message.setHeader("Location", "/jobs/" + job.id());
        retryAfter(message, job);
    }

    /** Responds with one page of a job list. */
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

    /** Responds with the JSON in the message body. */
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
                    // another service reports progress meanwhile
                    case WAITING ->
                        job.engineId() == null
                                ? Duration.between(clock.instant(), job.nextCheckAt())
                                : Duration.ofSeconds(10);
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
        boolean again = (status == JobStatus.FAILED || status == JobStatus.CANCELLED) && types.isQueued(job);
        String self = "/jobs/" + job.id();
        return new JobView(
                job.id(),
                job.type(),
                job.title(),
                status,
                job.outcome(),
                job.progress(),
                job.step(),
                job.shownSteps().isEmpty() ? null : job.shownSteps(),
                json.readTree(job.request()),
                job.sequence(),
                job.run(),
                job.publications().isEmpty() ? null : job.publications(),
                result(job),
                error(job),
                job.createdAt(),
                job.started(),
                job.nextCheckAt(),
                status == JobStatus.WAITING
                        ? types.find(job).flatMap(type -> type.deadline(job)).orElse(null)
                        : null,
                job.ended(),
                new JobView.Links(self, open ? self : null, again ? self + "/retry" : null));
    }

    private Object result(Job job) {
        return job.result() == null || !job.succeeded()
                ? null
                : types.find(job).map(type -> type.result(job, links)).orElse(null);
    }

    private JobView.Failure error(Job job) {
        if (job.outcome() == null || job.succeeded()) {
            return null;
        }
        String reason = types.find(job)
                .flatMap(type -> type.outcome(job.outcome()))
                .map(JobType.Outcome::reason)
                .orElse("there is no result");
        String code = types.find(job).flatMap(type -> type.errorCode(job)).orElse(job.outcome());
        return new JobView.Failure(code, job.error() == null ? reason : job.error());
    }
}
