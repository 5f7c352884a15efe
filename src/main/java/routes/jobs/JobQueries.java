package routes.jobs;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;
import routes.failure.InvalidField;
import routes.failure.JobNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Jobs for those who only look at them; what is kept no longer is not there. */
@Component("jobQueries")
public class JobQueries {
    private final JobLists lists;
    private final Clock clock;

    JobQueries(JobLists lists, Clock clock) {
        this.lists = lists;
        this.clock = clock;
    }

    /** @return the item's key, as {@code aws2-ddb} takes it */
    public Map<String, AttributeValue> key(@Header("jobId") String jobId) {
        return JobTable.key(jobId);
    }

    /**
     * @param item as {@code aws2-ddb} answers it
     * @throws JobNotFoundException when there is none
     */
    public Job job(@Header("CamelAwsDdbAttributes") Map<String, AttributeValue> item, @Header("jobId") String jobId) {
        return Optional.ofNullable(item)
                .filter(found -> !found.isEmpty())
                .map(JobItemMapper::read)
                .filter(job -> !job.isExpired(clock.instant()))
                .orElseThrow(() -> new JobNotFoundException(jobId));
    }

    /**
     * @param cameraId null for all; likewise {@code status}
     * @param next as the page before gave it; null for the first page
     */
    public JobPage list(
            @Header("cameraId") String cameraId,
            @Header("status") String status,
            @Header("limit") int limit,
            @Header("next") String next) {
        PageToken after = null;
        if (next != null) {
            after = PageToken.parse(next)
                    .orElseThrow(() -> ClientErrorException.badRequest(
                            new InvalidField("next", next, "as the page before gave it, or left out")));
        }
        return lists.page(new JobFilter(cameraId, status == null ? null : JobStatus.valueOf(status)), limit, after);
    }
}
