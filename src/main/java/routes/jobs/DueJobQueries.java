package routes.jobs;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Queries of the sweep: open jobs whose request has to be sent again. */
@Component("dueJobQueries")
public class DueJobQueries {
    private static final int MOST_AT_ONCE = 100;

    private final JobTypeRegistry types;
    private final DynamoDbClient client;
    private final Clock clock;
    private final JobTable jobs;

    DueJobQueries(JobTypeRegistry types, DynamoDbClient client, Clock clock, Settings settings) {
        this.types = types;
        this.client = client;
        this.clock = clock;
        this.jobs = new JobTable(client, clock, settings);
    }

    /** @return ids of due open jobs, at most 100 per type, the longest due first */
    public List<String> find() {
        return types.queued().stream()
                .flatMap(type -> find(type.name(), MOST_AT_ONCE))
                .toList();
    }

    private Stream<String> find(String type, int limit) {
        return client
                .query(r -> r.tableName(jobs.name())
                        .indexName("open")
                        .keyConditionExpression("#open = :type AND #dueAt <= :now")
                        .expressionAttributeNames(Map.of("#open", "open", "#dueAt", "dueAt"))
                        .expressionAttributeValues(
                                Map.of(":type", JobItemMapper.of(type), ":now", JobItemMapper.of(clock.instant())))
                        .limit(limit))
                .items()
                .stream()
                .map(item -> item.get("jobId").s());
    }

    /**
     * @param job as read before; null if it is gone
     * @return the job with a later due time, if the caller has to send its request again; otherwise null
     */
    public Job claim(@Variable("job") Job job) {
        if (job == null || job.status().isTerminal() || job.dueAt().isAfter(clock.instant())) {
            return null;
        }
        try {
            return jobs.write(job.id())
                    .onlyIf(job.status())
                    .onlyIf("dueAt", job.dueAt())
                    .set("dueAt", DueTimes.after(clock.instant(), job.sweeps() + 1))
                    .set("sweeps", job.sweeps() + 1)
                    .to(client);
        } catch (ConditionalCheckFailedException claimedElsewhere) {
            return null;
        }
    }
}
