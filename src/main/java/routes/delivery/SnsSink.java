package routes.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.jobs.Job;

/** Prepares documents for SNS. */
@Component("snsSink")
public class SnsSink {
    private final ObjectMapper json;

    SnsSink(ObjectMapper json) {
        this.json = json;
    }

    /** @return the document in the envelope of {@code MessageStructure=json} */
    public String envelope(@Variable("job") Job job) {
        return json.createObjectNode().put("default", job.event()).toString();
    }
}
