package routes.api.legacy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.api.jobs.JobResponses;
import routes.aws.PresignedLinks;
import routes.jobs.Job;
import routes.jobs.JobTypeRegistry;

/** Responses in the form that legacy clients parse. */
@Component("legacyResponses")
public class LegacyResponses {
    private final JobTypeRegistry types;
    private final PresignedLinks links;
    private final ObjectMapper json;

    LegacyResponses(JobTypeRegistry types, PresignedLinks links, ObjectMapper json) {
        this.types = types;
        this.links = links;
        this.json = json;
    }

    /** Responds as in {@code submit-job.json}. */
    public void submitted(@Variable("job") Job job, Message message) {
        ObjectNode answer = json.createObjectNode().put("MessageId", job.id()).put("jobId", job.id());
        JobResponses.answer(message, 200, answer.toString());
    }

    /** Responds as in {@code job-status.json}. */
    public void status(@Variable("job") Job job, Message message) {
        ObjectNode answer = json.createObjectNode()
                .put("jobStatus", word(job))
                .put("jobId", job.id())
                .put("jobRequestId", job.id());
        if (word(job).equals("complete")) {
            types.find(job)
                    .flatMap(type -> type.mainObject(job))
                    .ifPresent(key ->
                            answer.put("jobProcessedPayloadLink", links.to(key).url()));
        }
        JobResponses.answer(message, 200, answer.toString());
    }

    private static String word(Job job) {
        return switch (job.status()) {
            case QUEUED -> "Submitted";
            case RUNNING, ANNOUNCING -> "Processing";
            case WAITING -> "Pending";
            case DONE -> "complete";
            case FAILED, CANCELLED -> "failed";
        };
    }
}
