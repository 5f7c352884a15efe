package routes.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.stereotype.Component;
import routes.jobs.Job;
import routes.jobs.JobTypeRegistry;

/**
 * Prepares documents for SNS. Its message attributes, by which subscriptions filter, are the type of the job, the status in
 * the document and those of the job type.
 */
@Component("snsSink")
public class SnsSink implements HeaderFilterStrategy {
    /** Property of an exchange: the names of the headers that become message attributes. */
    private static final String ATTRIBUTES = SnsSink.class.getName();

    private final JobTypeRegistry types;
    private final ObjectMapper json;

    SnsSink(JobTypeRegistry types, ObjectMapper json) {
        this.types = types;
        this.json = json;
    }

    /** @return the document in the envelope of {@code MessageStructure=json} */
    public String envelope(@Variable("job") Job job) {
        return json.createObjectNode().put("default", job.event()).toString();
    }

    /** Sets the headers that become message attributes. */
    public void describe(@Variable("job") Job job, Exchange exchange) throws JsonProcessingException {
        Map<String, String> attributes = new TreeMap<>(types.of(job).attributes(job));
        attributes.put("type", job.type());
        attributes.put("status", json.readTree(job.event()).path("status").asText());
        attributes.forEach(exchange.getMessage()::setHeader);
        exchange.setProperty(ATTRIBUTES, attributes.keySet());
    }

    /** Removes these headers. */
    public void clear(Exchange exchange) {
        Message message = exchange.getMessage();
        names(exchange).forEach(name -> message.removeHeader(name.toString()));
    }

    private static Set<?> names(Exchange exchange) {
        Set<?> names = exchange == null ? null : exchange.getProperty(ATTRIBUTES, Set.class);
        return names == null ? Set.of() : names;
    }

    /** @return whether a header is no message attribute */
    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !names(exchange).contains(name);
    }

    /** SNS sends none. */
    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }
}
