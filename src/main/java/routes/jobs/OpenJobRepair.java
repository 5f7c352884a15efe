package routes.jobs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Repairs numbers of open jobs that differ from the index of open jobs, as after writes of an earlier version. The index is
 * a little late, so a number is corrected only if two looks in a row see the same difference, and no change between them.
 */
@Component("openJobRepair")
public class OpenJobRepair {
    private static final Logger LOG = LoggerFactory.getLogger(OpenJobRepair.class);
    /** Clients per look. */
    private static final int MOST = 25;

    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(30);

    private final Cache<String, Seen> seen = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();
    private final DynamoDbClient client;
    private final JobLists lists;
    private final String table;
    private Map<String, AttributeValue> next;

    OpenJobRepair(DynamoDbClient client, JobLists lists, Settings settings) {
        this.client = client;
        this.lists = lists;
        this.table = settings.jobs().table();
    }

    /** @param counted number of jobs in the index */
    private record Seen(long version, int counted, boolean isRight) {}

    /** Looks at the next clients; called by a timer. */
    public synchronized void look() {
        QueryResponse page = client.query(r -> r.tableName(table)
                .indexName("subject")
                .keyConditionExpression("#subject = :subject")
                .expressionAttributeNames(Map.of("#subject", "subject"))
                .expressionAttributeValues(Map.of(":subject", JobItemMapper.of(ClientCount.SUBJECT)))
                .exclusiveStartKey(next)
                .limit(MOST));
        next = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        List<String> clients = page.items().stream()
                .map(item -> item.get("jobId").s().substring(ClientCount.PREFIX.length()))
                .toList();
        clients.forEach(this::look);
    }

    private void look(String name) {
        Map<String, AttributeValue> item = client.getItem(
                        r -> r.tableName(table).key(ClientCount.key(name)).consistentRead(true))
                .item();
        if (item.isEmpty()) {
            return;
        }
        long version = Long.parseLong(item.get(ClientCount.VERSION).n());
        Seen before = seen.getIfPresent(name);
        boolean isUnchanged = before != null && before.version() == version;
        if (isUnchanged && before.isRight()) {
            return;
        }
        int stored = Integer.parseInt(item.get(ClientCount.COUNT).n());
        int counted = lists.openJobsOf(name);
        if (isUnchanged && before.counted() == counted && counted != stored) {
            correct(name, version, stored, counted);
        }
        seen.put(name, new Seen(version, counted, counted == stored));
    }

    private void correct(String name, long version, int stored, int counted) {
        try {
            client.updateItem(r -> r.tableName(table)
                    .key(ClientCount.key(name))
                    .updateExpression("SET #count = :counted ADD #version :one")
                    .conditionExpression("#version = :version")
                    .expressionAttributeNames(Map.of("#count", ClientCount.COUNT, "#version", ClientCount.VERSION))
                    .expressionAttributeValues(Map.of(
                            ":counted", JobItemMapper.of(counted),
                            ":version", JobItemMapper.of(version),
                            ":one", JobItemMapper.of(1))));
            LOG.warn("client {} has {} open jobs, not {}: corrected", name, counted, stored);
        } catch (ConditionalCheckFailedException changed) {
            LOG.debug("the number of {} changed meanwhile", name, changed);
        }
    }
}
