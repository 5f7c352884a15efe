package routes.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * The index of changes: each job is in it once, under the minute of its latest change that clients see. Its cost follows
 * the number of changes, not that of jobs.
 * See docs/decisions/0034.
 */
@Component
public class ChangeIndex {
    /** A change may appear in the index this much later than its time: clocks differ, and the index lags. */
    public static final Duration LATE = Duration.ofSeconds(10);

    private static final String NAME = "changes";
    private static final Set<String> UNUSABLE = Set.of("ValidationException", "AccessDeniedException");
    private static final int BATCH = 100;

    private final DynamoDbClient client;
    private final Clock clock;
    private final JobTable jobs;

    ChangeIndex(DynamoDbClient client, Clock clock, Settings settings) {
        this.client = client;
        this.clock = clock;
        this.jobs = new JobTable(client, clock, settings);
    }

    /** @return the partition of a change, such as 2026-11-28T10:15, UTC */
    static String minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES)
                .atOffset(ZoneOffset.UTC)
                .toLocalDateTime()
                .toString();
    }

    /**
     * @param most stops reading about there
     * @return the changes since an instant, oldest first; those of the last {@link #LATE} may be incomplete. Empty if
     *     the table has no such index, or it must not be read
     */
    public Optional<List<JobChange>> since(Instant from, int most) {
        return ifUsable(() -> {
            Map<String, JobChange> latest = new HashMap<>();
            Instant end = clock.instant().plus(LATE);
            for (Instant minute = from.truncatedTo(ChronoUnit.MINUTES);
                    !minute.isAfter(end) && latest.size() <= most;
                    minute = minute.plus(1, ChronoUnit.MINUTES)) {
                // while a job moves within the index, it may be found twice
                read(minute, from, most)
                        .forEach(change -> latest.merge(
                                change.jobId(), change, (one, other) -> one.at().isAfter(other.at()) ? one : other));
            }
            return latest.values().stream()
                    .sorted(Comparator.comparing(JobChange::at))
                    .toList();
        });
    }

    /**
     * @param minute its beginning
     * @param most stops reading about there
     * @return the jobs whose latest change was within it; empty like {@link #since}
     */
    Optional<List<JobChange>> within(Instant minute, int most) {
        return ifUsable(() -> read(minute, minute, most));
    }

    private static Optional<List<JobChange>> ifUsable(Supplier<List<JobChange>> read) {
        try {
            return Optional.of(read.get());
        } catch (DynamoDbException e) {
            if (e.awsErrorDetails() != null
                    && UNUSABLE.contains(e.awsErrorDetails().errorCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private List<JobChange> read(Instant minute, Instant from, int most) {
        List<JobChange> changes = new ArrayList<>();
        client
                .queryPaginator(r -> r.tableName(jobs.name())
                        .indexName(NAME)
                        .keyConditionExpression("#changedIn = :minute AND #changedAt >= :from")
                        .expressionAttributeNames(Map.of("#changedIn", "changedIn", "#changedAt", "changedAt"))
                        .expressionAttributeValues(
                                Map.of(":minute", JobItemMapper.of(minute(minute)), ":from", JobItemMapper.of(from))))
                .items()
                .stream()
                .limit(most + 1L)
                .forEach(item -> changes.add(change(item)));
        return changes;
    }

    private static JobChange change(Map<String, AttributeValue> item) {
        return new JobChange(
                item.get("jobId").s(),
                Instant.ofEpochMilli(Long.parseLong(item.get("changedAt").n())),
                JobStatus.valueOf(item.get("status").s()),
                item.containsKey("outcome") ? item.get("outcome").s() : null);
    }

    /** @return the jobs in their current state, unordered; without those that are gone */
    public List<Job> jobs(Collection<String> jobIds) {
        List<String> ids = List.copyOf(jobIds);
        List<Job> found = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += BATCH) {
            found.addAll(jobs.all(ids.subList(i, Math.min(i + BATCH, ids.size()))));
        }
        return found;
    }
}
