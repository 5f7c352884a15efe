package routes.api.legacy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
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

    /**
     * Responds as the queue did behind the earlier API: XML, or {@code submit-job.json} if the client accepts JSON by name.
     */
    public void queued(@Variable("job") Job job, @Header("Accept") String accept, Message message) {
        if (accept != null && accept.contains("json")) {
            submitted(job, message);
            return;
        }
        // ids of jobs have no characters that XML reserves
        String answer = "<SendMessageResponse><SendMessageResult><MessageId>" + job.id()
                + "</MessageId></SendMessageResult><ResponseMetadata><RequestId>" + UUID.randomUUID()
                + "</RequestId></ResponseMetadata></SendMessageResponse>";
        JobResponses.answer(message, 200, answer);
        message.setHeader(Exchange.CONTENT_TYPE, "text/xml");
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
