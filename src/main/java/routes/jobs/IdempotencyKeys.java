package routes.jobs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.failure.IdempotencyConflictException;
import routes.settings.Settings;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Outcomes of requests with an {@code Idempotency-Key}. Each key is an item of the jobs table, kept as long as a job.
 * Its id contains a ':', which job ids never do.
 */
@Component
public class IdempotencyKeys {
    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyKeys.class);
    /** A request that takes longer is assumed lost with its process. */
    private static final Duration IN_PROGRESS = Duration.ofSeconds(30);

    private final DynamoDbClient client;
    private final Clock clock;
    private final String table;
    private final Duration keep;

    IdempotencyKeys(DynamoDbClient client, Clock clock, Settings settings) {
        this.client = client;
        this.clock = clock;
        this.table = settings.jobs().table();
        this.keep = Duration.ofDays(settings.jobs().keep());
    }

    /**
     * @param jobId of the key's job
     * @param isNew whether the key had no job before
     */
    public record Claim(String jobId, boolean isNew) {}

    /**
     * Claims a key for a request, or returns the job for which it was claimed before.
     *
     * @param caller owner of the key
     * @param request equal for equal requests
     * @param jobId of the job to be created
     * @throws IdempotencyConflictException if the key belongs to another request, or the earlier request is in progress
     */
    public Claim claim(String caller, String key, String request, String jobId) {
        Instant now = clock.instant();
        Map<String, AttributeValue> item = Map.of(
                "jobId", JobItemMapper.of(id(caller, key)),
                "stands", JobItemMapper.of(jobId),
                "digest", JobItemMapper.of(digest(request)),
                "until", JobItemMapper.of(now.plus(IN_PROGRESS)),
                "ExpirationTime", JobItemMapper.of(now.plus(keep).getEpochSecond()));
        try {
            client.putItem(PutItemRequest.builder()
                    .tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(jobId) OR ExpirationTime < :now")
                    .expressionAttributeValues(Map.of(":now", JobItemMapper.of(now.getEpochSecond())))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .build());
            return new Claim(jobId, true);
        } catch (ConditionalCheckFailedException claimed) {
            return new Claim(current(claimed.item(), request, now), false);
        }
    }

    private static String current(Map<String, AttributeValue> item, String request, Instant now) {
        if (!item.get("digest").s().equals(digest(request))) {
            throw IdempotencyConflictException.otherRequest();
        }
        AttributeValue until = item.get("until");
        if (until != null && now.toEpochMilli() < Long.parseLong(until.n())) {
            throw IdempotencyConflictException.inProgress();
        }
        return item.get("stands").s();
    }

    /**
     * Records that no request with the key is in progress any more: its job is written, or may be written by the next
     * request. A key that was released stays so. If it fails, the key is free after {@link #IN_PROGRESS}.
     */
    public void done(String caller, String key) {
        try {
            client.updateItem(r -> r.tableName(table)
                    .key(JobTable.key(id(caller, key)))
                    .updateExpression("REMOVE #until")
                    .conditionExpression("attribute_exists(#until)")
                    .expressionAttributeNames(Map.of("#until", "until")));
        } catch (ConditionalCheckFailedException free) {
            LOG.debug("an idempotency key is free already", free);
        } catch (SdkException e) {
            LOG.warn("an idempotency key stays in use for a while: {}", e.getMessage());
        }
    }

    /** Releases a new key whose request was rejected. A key whose job may have been written must not be released. */
    public void release(String caller, String key) {
        client.deleteItem(r -> r.tableName(table).key(JobTable.key(id(caller, key))));
    }

    private static String id(String caller, String key) {
        return "key:" + digest(caller + "\n" + key);
    }

    private static String digest(String text) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
