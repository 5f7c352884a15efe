package routes.transcode;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Variable;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import routes.failure.LeaseLostException;
import routes.jobs.Job;
import routes.settings.Settings;
import routes.transcode.hls.ContentKey;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The keys that encrypt streams. Nothing else reads or writes their table. A run of a job has one key, so that a process
 * that continues it encrypts as the one before; a retry has a new one. See docs/decisions/0039.
 */
@Component("contentKeyTable")
@Conditional(TranscodeSwitch.class)
public class ContentKeyTable {
    private static final String ID = "jobId";
    private static final String RUN = "run";
    private static final String KEY = "key";
    private static final String EXPIRES = "ExpirationTime";

    private final SecureRandom random = new SecureRandom();
    private final DynamoDbClient client;
    private final Clock clock;
    private final String table;
    private final Duration keep;

    ContentKeyTable(DynamoDbClient client, Clock clock, Settings settings) {
        this.client = client;
        this.clock = clock;
        this.table = settings.transcode().keysTable();
        this.keep = Duration.ofDays(settings.jobs().keep());
    }

    /**
     * @return the key of the job's run, which is created with the first call
     * @throws LeaseLostException if a later run has one
     */
    public ContentKey of(@Variable("job") Job job) {
        byte[] fresh = new byte[ContentKey.LENGTH];
        random.nextBytes(fresh);
        Map<String, AttributeValue> item = new HashMap<>(id(job));
        item.put(RUN, number(job.run()));
        item.put(KEY, AttributeValue.fromB(SdkBytes.fromByteArray(fresh)));
        try {
            // an expired one is of an earlier job of this id
            client.putItem(r -> r.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(#id) OR #run < :run OR #expires < :now")
                    .expressionAttributeNames(Map.of("#id", ID, "#run", RUN, "#expires", EXPIRES))
                    .expressionAttributeValues(Map.of(
                            ":run", number(job.run()),
                            ":now", number(clock.instant().getEpochSecond()))));
            return new ContentKey(fresh);
        } catch (ConditionalCheckFailedException exists) {
            return stored(job);
        }
    }

    private ContentKey stored(Job job) {
        Map<String, AttributeValue> item = client.getItem(
                        r -> r.tableName(table).key(id(job)).consistentRead(true))
                .item();
        if (!item.containsKey(RUN) || !item.get(RUN).equals(number(job.run()))) {
            throw new LeaseLostException(job.id());
        }
        return new ContentKey(item.get(KEY).b().asByteArray());
    }

    /** Lets the key expire with the job, once the stream has a copy. */
    public void expire(@Variable("job") Job job) {
        client.updateItem(r -> r.tableName(table)
                .key(id(job))
                .conditionExpression("#run = :run")
                .updateExpression("SET #expires = :end")
                .expressionAttributeNames(Map.of("#run", RUN, "#expires", EXPIRES))
                .expressionAttributeValues(Map.of(
                        ":run", number(job.run()),
                        ":end", number(clock.instant().plus(keep).getEpochSecond()))));
    }

    /** Removes the key of the job's run, if it is there. */
    void remove(Job job) {
        try {
            client.deleteItem(r -> r.tableName(table)
                    .key(id(job))
                    .conditionExpression("attribute_not_exists(#id) OR #run <= :run")
                    .expressionAttributeNames(Map.of("#id", ID, "#run", RUN))
                    .expressionAttributeValues(Map.of(":run", number(job.run()))));
        } catch (ConditionalCheckFailedException ofLaterRun) {
            // a retry began meanwhile, and has a key of its own
        }
    }

    private static Map<String, AttributeValue> id(Job job) {
        return Map.of(ID, AttributeValue.fromS(job.id()));
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
