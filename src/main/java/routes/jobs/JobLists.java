package routes.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
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
    /** Items whose jobs are read at once to know their types. */
    private static final int AT_ONCE = 100;
    /** Reads per page: a page costs the same whatever the filter, and may be shorter than its limit. */
    private static final int MOST_READS = 40;
    /** How long a job may have been open, in addition to the retention of ended jobs. */
    private static final Duration LONGEST_OPEN = Duration.ofDays(30);

    private final DynamoDbClient client;
    private final Clock clock;
    private final JobTable jobs;
    private final OpenJobIndex openJobs;
    private final Duration oldest;

    JobLists(DynamoDbClient client, Clock clock, OpenJobIndex openJobs, Settings settings) {
        this.client = client;
        this.clock = clock;
        this.openJobs = openJobs;
        this.jobs = new JobTable(client, clock, settings);
        this.oldest = Duration.ofDays(settings.jobs().keep()).plus(LONGEST_OPEN);
    }

    /**
     * @param limit 1 to 100
     * @param after position at which the page before ended; null for the first page
     */
    public JobPage page(JobFilter filter, int limit, PageToken after) {
        PageToken position = start(filter, after);
        if (filter.isOfOpenJobs()) {
            Optional<OpenJobIndex.Found> open = openJobs.page(filter, limit, position);
            if (open.isPresent()) {
                List<PageToken> found = open.get().found();
                return new JobPage(now(found, filter), open.get().hasMore() ? found.get(found.size() - 1) : null);
            }
        }
        return pageOfAll(filter, limit, position);
    }

    private PageToken start(JobFilter filter, PageToken after) {
        Instant last = filter.last(clock.instant().plus(1, ChronoUnit.DAYS));
        return after == null || after.createdAt().isAfter(last) ? PageToken.at(last) : after;
    }

    private JobPage pageOfAll(JobFilter filter, int limit, PageToken after) {
        List<Job> found = new ArrayList<>();
        Instant first = later(filter.first(), clock.instant().minus(oldest));
        PageToken position = after;
        boolean more = !position.createdAt().isBefore(filter.first());
        for (int read = 0; read < MOST_READS && more && found.size() < limit; read++) {
            ListQuery query = query(filter, position);
            int most = query.isFiltered() ? READ_AHEAD : filter.type() == null ? limit : AT_ONCE;
            QueryResponse answer = client.query(query.request(filter.first(), position, most));
            List<PageToken> items = answer.items().stream().map(PageToken::of).toList();
            PageToken last = fill(found, items, filter, limit);
            if (last != null) {
                position = last;
            } else if (answer.hasLastEvaluatedKey()) {
                position = PageToken.of(answer.lastEvaluatedKey());
            } else if (filter.subject() == null
                    && !lastInstantBefore(position.createdAt()).isBefore(first)) {
                position = PageToken.at(lastInstantBefore(position.createdAt()));
            } else {
                more = false;
            }
        }
        return new JobPage(found, more ? position : null);
    }

    /**
     * Adds the jobs that match until the page is full. The index does not have their types.
     *
     * @return position of the last one if items are left; null if all were used
     */
    private PageToken fill(List<Job> found, List<PageToken> items, JobFilter filter, int limit) {
        int from = 0;
        while (from < items.size()) {
            int size = filter.type() == null ? limit - found.size() : AT_ONCE;
            List<PageToken> some = items.subList(from, Math.min(from + size, items.size()));
            List<Job> jobs = now(some, filter);
            int taken = Math.min(jobs.size(), limit - found.size());
            found.addAll(jobs.subList(0, taken));
            from += some.size();
            if (taken < jobs.size()) {
                String last = jobs.get(taken - 1).id();
                return some.stream()
                        .filter(item -> item.jobId().equals(last))
                        .findFirst()
                        .orElseThrow();
            }
            if (found.size() == limit && from < items.size()) {
                return some.get(some.size() - 1);
            }
        }
        return null;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** @return the last millisecond of the previous day, UTC */
    private static Instant lastInstantBefore(Instant createdAt) {
        return createdAt.truncatedTo(ChronoUnit.DAYS).minusMillis(1);
    }

    private ListQuery query(JobFilter filter, PageToken position) {
        String key = filter.subject() == null ? "day" : "subject";
        String value = filter.subject() == null ? JobTable.day(position.createdAt()) : filter.subject();
        return new ListQuery(jobs.name(), key, key, value)
                .onlyIf(
                        "status",
                        filter.statuses().stream().map(JobStatus::name).sorted().toList());
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

    /** @return number of open jobs that a client submitted over REST, from an index */
    int openJobsOf(String name) {
        return client
                .queryPaginator(r -> r.tableName(jobs.name())
                        .indexName("openClient")
                        .keyConditionExpression("#client = :client")
                        .expressionAttributeNames(Map.of("#client", "openClient"))
                        .expressionAttributeValues(Map.of(":client", JobItemMapper.of(name)))
                        .select(Select.COUNT))
                .stream()
                .mapToInt(QueryResponse::count)
                .sum();
    }
}
