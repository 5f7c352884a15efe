package routes.jobs;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Pages of open jobs from a sparse index, which holds no ended jobs: a page costs as much as there are open jobs, not as
 * the table holds. Each type has a partition; a page merges them. Tables of an earlier version lack the index.
 */
@Component
class OpenJobIndex {
    static final String NAME = "openAsked";
    private static final Logger LOG = LoggerFactory.getLogger(OpenJobIndex.class);

    private static final int READ_AHEAD = 500;
    /** Index items of the largest read, about 150 bytes each. */
    private static final int LARGEST_READ = 4000;

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    private final DynamoDbClient client;
    private final Clock clock;
    private final JobTypeRegistry types;
    private final String table;
    private volatile Instant missingUntil = Instant.MIN;

    OpenJobIndex(DynamoDbClient client, Clock clock, JobTypeRegistry types, Settings settings) {
        this.client = client;
        this.clock = clock;
        this.types = types;
        this.table = settings.jobs().table();
    }

    /**
     * @param found positions of the jobs, newest first
     * @param hasMore whether there may be more after them
     */
    record Found(List<PageToken> found, boolean hasMore) {}

    /** @return empty if the table has no such index */
    Optional<Found> page(JobFilter filter, int limit, PageToken after) {
        if (clock.instant().isBefore(missingUntil)) {
            return Optional.empty();
        }
        try {
            return Optional.of(merged(filter, limit, after));
        } catch (DynamoDbException e) {
            if (!isMissing(e)) {
                throw e;
            }
            LOG.info("the jobs table has no index {}: lists of open jobs read all jobs", NAME);
            missingUntil = clock.instant().plus(LOOK_AGAIN);
            return Optional.empty();
        }
    }

    /** DynamoDB has no exception of its own for an index that is missing or being built. */
    static boolean isMissing(DynamoDbException e) {
        return e.awsErrorDetails() != null
                && e.awsErrorDetails().errorCode().contains("ValidationException")
                && e.getMessage().contains("index");
    }

    /** Jobs of the same time are in the order of their types. */
    private Found merged(JobFilter filter, int limit, PageToken after) {
        List<PageToken> all = new ArrayList<>();
        boolean hasMore = false;
        for (String type : names(filter)) {
            hasMore |= add(all, filter, type, limit, start(after, type));
        }
        all.sort(comparing(PageToken::createdAt, reverseOrder()));
        return new Found(all.subList(0, Math.min(limit, all.size())), hasMore || all.size() > limit);
    }

    private List<String> names(JobFilter filter) {
        return filter.type() == null
                ? types.queued().stream().map(JobType::name).sorted().toList()
                : List.of(filter.type());
    }

    private static PageToken start(PageToken after, String type) {
        if (after.jobId().isEmpty() || after.type() == null || after.type().equals(type)) {
            return after;
        }
        boolean isListedBefore = type.compareTo(after.type()) < 0;
        return PageToken.at(isListedBefore ? after.createdAt().minusMillis(1) : after.createdAt());
    }

    /** @return whether the partition has more */
    private boolean add(List<PageToken> all, JobFilter filter, String type, int limit, PageToken start) {
        ListQuery query = new ListQuery(table, NAME, "open", type)
                .onlyIf(
                        "status",
                        filter.statuses().stream().map(JobStatus::name).sorted().toList())
                .onlyIf("subject", Stream.ofNullable(filter.subject()).toList());
        PageToken position = start;
        int size = query.isFiltered() ? READ_AHEAD : limit;
        int added = 0;
        while (!position.createdAt().isBefore(filter.first())) {
            QueryResponse answer = client.query(query.request(filter.first(), position, size));
            List<PageToken> items = answer.items().stream()
                    .map(PageToken::of)
                    .limit(limit - added)
                    .toList();
            all.addAll(items);
            added += items.size();
            if (added == limit) {
                return answer.items().size() > items.size() || answer.hasLastEvaluatedKey();
            }
            if (!answer.hasLastEvaluatedKey()) {
                return false;
            }
            position = PageToken.of(answer.lastEvaluatedKey());
            size = Math.min(2 * size, LARGEST_READ);
        }
        return false;
    }
}
