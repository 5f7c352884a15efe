package routes.jobs;

import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** Reads and writes messages by the type of their jobs. */
@Component("jobRequestReader")
public class JobRequestReader {
    private final JobTypeRegistry types;

    JobRequestReader(JobTypeRegistry types) {
        this.types = types;
    }

    /**
     * @return the requests in a message, each as text
     * @throws routes.failure.MalformedMessageException if there are none
     */
    public List<String> unwrap(@Body String message, @Variable("type") String type) {
        return types.named(type).unwrap(SnsEnvelope.open(message));
    }

    /** @return the message that wakes a waiting job */
    public String write(@Variable("next") JobRequest next, @Variable("job") Job job) {
        return types.of(job).write(next.identity(), next.message());
    }

    /** @throws routes.failure.MalformedMessageException names the first invalid field */
    public JobRequest read(@Body String request, @Variable("type") String type) {
        return types.named(type).read(request);
    }
}
