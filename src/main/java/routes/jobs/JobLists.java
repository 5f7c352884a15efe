package routes.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * Lists of jobs, from the indexes; their current state comes from the items. A job keeps its position for good, so
 * pages neither skip nor repeat.
 * See docs/decisions/0028.
 */
@Component
public class JobLists {
    /** Index items per read if they are filtered; about 100 bytes each. */
    private static final int READ_AHEAD = 500;
    /** Reads per page: a page costs the same whatever the filter, and may be shorter than its limit. */
    private static final int MOST_READS = 40;
    /** How long a job may have been open, in addition to the retention of ended jobs. */
    private static final Duration LONGEST_OPEN = Duration.ofDays(30);

    private final DynamoDbClient client;
    private final Clock clock;
    private final JobTable jobs;
    private final Duration oldest;

    public JobLists(DynamoDbClient client, Clock clock, Settings settings) {
        this.client = client;
        this.clock = clock;
        this.jobs = new JobTable(client, clock, settings);
        this.oldest = Duration.ofDays(settings.jobs().keep()).plus(LONGEST_OPEN);
    }

    /**
     * @param limit 1 to 100
     * @param after position at which the page before ended; null for the first page
     */
    public JobPage page(JobFilter filter, int limit, PageToken after) {
        List<PageToken> found = new ArrayList<>();
        Instant now = clock.instant();
        PageToken position = after == null ? new PageToken(now.plus(1, ChronoUnit.DAYS), "") : after;
        boolean more = true;
        for (int read = 0; read < MOST_READS && more && found.size() < limit; read++) {
            QueryResponse answer = query(filter, position, limit);
            List<PageToken> items = answer.items().stream().map(PageToken::of).toList();
            List<PageToken> taken = items.subList(0, Math.min(items.size(), limit - found.size()));
            found.addAll(taken);
            if (taken.size() < items.size()) {
                position = taken.get(taken.size() - 1);
            } else if (answer.hasLastEvaluatedKey()) {
                position = PageToken.of(answer.lastEvaluatedKey());
            } else if (filter.subject() == null && position.createdAt().isAfter(now.minus(oldest))) {
                position = new PageToken(lastInstantBefore(position.createdAt()), "");
            } else {
                more = false;
            }
        }
        return new JobPage(now(found, filter), more ? position : null);
    }

    /** @return the last millisecond of the previous day, UTC */
    private static Instant lastInstantBefore(Instant createdAt) {
        return createdAt.truncatedTo(ChronoUnit.DAYS).minusMillis(1);
    }

    private QueryResponse query(JobFilter filter, PageToken after, int limit) {
        String key = filter.subject() == null ? "day" : "subject";
        AttributeValue value =
                JobItemMapper.of(filter.subject() == null ? JobTable.day(after.createdAt()) : filter.subject());
        Map<String, String> names = new HashMap<>(Map.of("#key", key));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":key", value));
        if (filter.status() != null) {
            names.put("#status", "status");
            values.put(":status", JobItemMapper.of(filter.status().name()));
        }
        return client.query(r -> {
            r.tableName(jobs.name())
                    .indexName(key)
                    .keyConditionExpression("#key = :key" + (after.jobId().isEmpty() ? " AND #asked <= :asked" : ""))
                    .filterExpression(filter.status() == null ? null : "#status = :status")
                    .scanIndexForward(false)
                    .limit(filter.status() == null ? limit : READ_AHEAD);
            if (after.jobId().isEmpty()) {
                names.put("#asked", "asked");
                values.put(":asked", JobItemMapper.of(after.createdAt()));
            } else {
                r.exclusiveStartKey(Map.of(
                        key,
                        value,
                        "asked",
                        JobItemMapper.of(after.createdAt()),
                        "jobId",
                        JobItemMapper.of(after.jobId())));
            }
            r.expressionAttributeNames(names).expressionAttributeValues(values);
        });
    }

    /** @return the jobs in their current state, in the same order, without those that no longer match the filter */
    private List<Job> now(List<PageToken> found, JobFilter filter) {
        Instant now = clock.instant();
        Map<String, Job> byId = jobs.all(found.stream().map(PageToken::jobId).toList()).stream()
                .collect(Collectors.toMap(Job::id, Function.identity()));
        return found.stream()
                .map(position -> byId.get(position.jobId()))
                .filter(Objects::nonNull)
                .filter(job -> !job.isExpired(now) && filter.matches(job))
                .toList();
    }

    /**
     * @param most stops counting at this number
     * @return number of open jobs that a client submitted over REST
     */
    public int openJobsOf(String name, int most) {
        return client.query(r -> r.tableName(jobs.name())
                        .indexName("openClient")
                        .keyConditionExpression("#client = :client")
                        .expressionAttributeNames(Map.of("#client", "openClient"))
                        .expressionAttributeValues(Map.of(":client", JobItemMapper.of(name)))
                        .select(Select.COUNT)
                        .limit(most))
                .count();
    }
}
