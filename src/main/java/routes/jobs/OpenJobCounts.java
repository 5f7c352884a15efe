package routes.jobs;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Counts open jobs, by an index that holds no others. */
@Component
public class OpenJobCounts {
    private static final int MOST = 50_000;

    private final DynamoDbClient client;
    private final JobTable jobs;

    OpenJobCounts(DynamoDbClient client, Clock clock, Settings settings) {
        this.client = client;
        this.jobs = new JobTable(client, clock, settings);
    }

    /**
     * @param byStatus number of jobs; those beyond 50,000 are not counted
     * @param oldestQueued when the oldest QUEUED job was created; null if there is none
     */
    public record Counts(Map<JobStatus, Integer> byStatus, Instant oldestQueued) {
        /** @return number of jobs that have one of these statuses */
        public int of(JobStatus... statuses) {
            return List.of(statuses).stream()
                    .mapToInt(status -> byStatus.getOrDefault(status, 0))
                    .sum();
        }

        public int all() {
            return byStatus.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    public Counts of(JobType type) {
        Map<JobStatus, Integer> byStatus = new EnumMap<>(JobStatus.class);
        // QUEUED jobs become due in the order in which they were sent
        String[] firstQueued = new String[1];
        items(type.name()).forEach(item -> {
            JobStatus status = JobStatus.valueOf(item.get("status").s());
            byStatus.merge(status, 1, Integer::sum);
            if (status == JobStatus.QUEUED && firstQueued[0] == null) {
                firstQueued[0] = item.get("jobId").s();
            }
        });
        return new Counts(byStatus, createdAt(firstQueued[0]).orElse(null));
    }

    private Stream<Map<String, AttributeValue>> items(String type) {
        return client
                .queryPaginator(r -> r.tableName(jobs.name())
                        .indexName("open")
                        .keyConditionExpression("#open = :type")
                        .expressionAttributeNames(Map.of("#open", "open"))
                        .expressionAttributeValues(Map.of(":type", JobItemMapper.of(type))))
                .items()
                .stream()
                .limit(MOST);
    }

    private Optional<Instant> createdAt(String jobId) {
        return jobId == null
                ? Optional.empty()
                : jobs.all(List.of(jobId)).stream().map(Job::createdAt).findFirst();
    }
}
