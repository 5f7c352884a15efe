package routes.jobs;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The jobs table as the sweep sees it: open jobs whose request has to be sent again. */
@Component
class DueJobQueries {
    private final DynamoDbClient client;
    private final Clock clock;
    private final JobTable jobs;

    DueJobQueries(DynamoDbClient client, Clock clock, Settings settings) {
        this.client = client;
        this.clock = clock;
        this.jobs = new JobTable(client, clock, settings);
    }

    /**
     * @param limit how many at the most
     * @return ids of open jobs that are due, the longest due first
     */
    List<String> find(String type, int limit) {
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
                .map(item -> item.get("jobId").s())
                .toList();
    }

    /** @return the job, now due later, where this call is the one that has to send its request again */
    Optional<Job> claim(String jobId) {
        Optional<Job> due = jobs.find(jobId)
                .filter(job -> !job.status().isTerminal() && !job.dueAt().isAfter(clock.instant()));
        try {
            return due.map(job -> jobs.write(jobId)
                    .onlyIf(job.status())
                    .onlyIf("dueAt", job.dueAt())
                    .set("dueAt", DueTimes.after(clock.instant(), job.sweeps() + 1))
                    .set("sweeps", job.sweeps() + 1)
                    .to(client));
        } catch (ConditionalCheckFailedException claimedElsewhere) {
            return Optional.empty();
        }
    }
}
