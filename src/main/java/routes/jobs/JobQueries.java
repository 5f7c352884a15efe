package routes.jobs;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;
import routes.failure.InvalidField;
import routes.failure.JobNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Read access to jobs. Jobs whose retention is over are not found. */
@Component("jobQueries")
public class JobQueries {
    private final JobLists lists;
    private final JobTypeRegistry types;
    private final Clock clock;

    JobQueries(JobLists lists, JobTypeRegistry types, Clock clock) {
        this.lists = lists;
        this.types = types;
        this.clock = clock;
    }

    /** @return the item's key for {@code aws2-ddb} */
    public Map<String, AttributeValue> key(@Header("jobId") String jobId) {
        return JobTable.key(jobId);
    }

    /**
     * @param item as {@code aws2-ddb} returns it
     * @return the job, even if its retention is over; null if there is none
     */
    public Job read(@Header("CamelAwsDdbAttributes") Map<String, AttributeValue> item) {
        return item == null || item.isEmpty() ? null : JobItemMapper.read(item);
    }

    /** @throws JobNotFoundException if there is none, or its retention is over */
    public void ensureFound(@Variable("job") Job job, @Header("jobId") String jobId) {
        if (job == null || job.isExpired(clock.instant())) {
            throw new JobNotFoundException(jobId);
        }
    }

    /**
     * @param headers may contain a subject, as {@code subject} or under the name that a job type gives it
     * @param type null for all
     * @param status null for all
     * @param next token from the previous page; null for the first page
     */
    public JobPage list(
            @Headers Map<String, Object> headers,
            @Header("type") String type,
            @Header("status") String status,
            @Header("limit") int limit,
            @Header("next") String next) {
        PageToken after = null;
        if (next != null) {
            after = PageToken.parse(next)
                    .orElseThrow(() -> ClientErrorException.badRequest(
                            new InvalidField("next", next, "as the page before gave it, or left out")));
        }
        return lists.page(
                new JobFilter(type, subject(headers), status == null ? null : JobStatus.valueOf(status)), limit, after);
    }

    private String subject(Map<String, Object> headers) {
        return Stream.concat(Stream.of("subject"), types.all().stream().map(JobType::subjectName))
                .map(headers::get)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .findFirst()
                .orElse(null);
    }
}
