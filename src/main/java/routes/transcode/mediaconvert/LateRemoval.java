package routes.transcode.mediaconvert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import routes.jobs.Identifier;
import routes.jobs.Job;
import routes.jobs.JobStatus;
import routes.jobs.JobTypeRegistry;

/** Removals that are repeated after a while, as messages of the queue of events. */
@Component("lateRemoval")
@Conditional(MediaConvertSwitch.class)
public class LateRemoval {
    private static final String SOURCE = "camclips-removal";
    private static final Set<JobStatus> WITHOUT_STREAM = Set.of(JobStatus.CANCELLED, JobStatus.FAILED);

    private final JsonMapper json = new JsonMapper();
    private final JobTypeRegistry types;

    LateRemoval(JobTypeRegistry types) {
        this.types = types;
    }

    /**
     * @param run whose objects are removed
     * @param prefix of these objects
     */
    public record Message(String jobId, int run, String prefix) {}

    /**
     * @param removal null for that of the job's current run
     * @return the message that has the objects of the run removed
     */
    public String message(@Variable("job") Job job, @ExchangeProperty("removal") Message removal) {
        Message told = removal == null ? new Message(job.id(), job.run(), currentPrefix(job)) : removal;
        return json.createObjectNode()
                .put("source", SOURCE)
                .put("jobId", told.jobId())
                .put("run", told.run())
                .put("prefix", told.prefix())
                .toString();
    }

    /** @return null for a message of another kind */
    public Message read(@Body String message) {
        try {
            JsonNode root = json.readTree(message);
            String id = root.path("jobId").asText();
            boolean isRemoval = root.path("source").asText().equals(SOURCE) && Identifier.isValid(id);
            return isRemoval
                    ? new Message(
                            id, root.path("run").asInt(), root.path("prefix").asText())
                    : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** @return the job; null if that run goes on, or has a stream */
    public Job withoutStream(@ExchangeProperty("removal") Message removal, @Variable("job") Job job) {
        if (job == null) {
            return null;
        }
        // in an earlier version, runs of the same second could have the same prefix
        boolean isOfAnotherRun =
                job.run() > removal.run() && !currentPrefix(job).equals(removal.prefix());
        return isOfAnotherRun || WITHOUT_STREAM.contains(job.status()) ? job.unowned() : null;
    }

    private String currentPrefix(Job job) {
        List<String> prefixes = types.prefixes(job);
        // another job may have the id by now
        return prefixes.isEmpty() ? "" : prefixes.get(prefixes.size() - 1);
    }
}
