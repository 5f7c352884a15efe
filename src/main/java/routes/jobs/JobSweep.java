package routes.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Sends the request of every open job that is due again, and keeps the leases of this process. */
@Component("jobSweep")
public class JobSweep extends RouteBuilder {
    private static final int MOST_AT_ONCE = 100;

    private final DueJobQueries jobs;
    private final LeaseRegistry leases;
    private final ObjectMapper json;

    JobSweep(DueJobQueries jobs, LeaseRegistry leases, ObjectMapper json) {
        this.jobs = jobs;
        this.leases = leases;
        this.json = json;
    }

    @Override
    public void configure() {
        from("timer:job-sweep?period={{clips.jobs.sweep}}s")
                .routeId("job-sweep")
                // workers may be scaled down to none
                .precondition("'{{clips.role}}' != 'worker'")
                .routeConfigurationId("background")
                .split(method(this, "due"))
                .transform(method(this, "claim"))
                .filter(body().isNotNull())
                .log("${body.id} is due: its request is sent again")
                .transform(method(this, "message"))
                .to("aws2-sqs:{{clips.queue.clip}}?queueUrl={{bean:clipQueue.url}}");

        from("timer:leases?period=1s")
                .routeId("leases")
                .precondition("'{{clips.role}}' != 'api'")
                .routeConfigurationId("background")
                .bean(leases, "renewAll")
                .bean(leases, "stopCancelled");
    }

    /** @return ids of jobs */
    public List<String> due() {
        return jobs.find("clip", MOST_AT_ONCE);
    }

    /** @return null where another process claimed it */
    public Job claim(@Body String jobId) {
        return jobs.claim(jobId).orElse(null);
    }

    /** @return the message that asks for the job's current attempt */
    public String message(@Body Job job) throws JsonProcessingException {
        ObjectNode request = (ObjectNode) json.readTree(job.request());
        job.retryTimestamps().forEach(request.putArray("retryTimestamps")::add);
        return request.toString();
    }
}
