package routes.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Prefixes that name a second but no job, so that two runs may choose the same one. Each claim is an item of the jobs
 * table, whose id contains a ':', which job ids never do.
 */
@Component
public class PrefixClaims {
    /** A prefix is claimed within its second; clocks differ by less than that. */
    private static final Duration KEEP = Duration.ofDays(1);

    private final DynamoDbClient client;
    private final Clock clock;
    private final String table;

    public PrefixClaims(DynamoDbClient client, Clock clock, Settings settings) {
        this.client = client;
        this.clock = clock;
        this.table = settings.jobs().table();
    }

    /** @return whether the prefix is that of the job's run; false if another run has claimed it */
    public boolean claim(String prefix, Job job) {
        Instant now = clock.instant();
        AttributeValue run = run(job.id(), job.run());
        try {
            client.putItem(put -> put.tableName(table)
                    .item(Map.of(
                            "jobId",
                            JobItemMapper.of(id(prefix)),
                            "stands",
                            run,
                            "ExpirationTime",
                            JobItemMapper.of(now.plus(KEEP).getEpochSecond())))
                    .conditionExpression("attribute_not_exists(jobId) OR stands = :run OR ExpirationTime < :now")
                    .expressionAttributeValues(Map.of(":run", run, ":now", JobItemMapper.of(now.getEpochSecond()))));
            return true;
        } catch (ConditionalCheckFailedException claimed) {
            return false;
        }
    }

    /** @return whether the run of the job has claimed the prefix, within the last day */
    public boolean isOf(String prefix, String jobId, int run) {
        return client.getItem(get -> get.tableName(table)
                        .key(Map.of("jobId", JobItemMapper.of(id(prefix))))
                        .consistentRead(true))
                .item()
                .getOrDefault("stands", JobItemMapper.of(""))
                .equals(run(jobId, run));
    }

    private static String id(String prefix) {
        return "prefix:" + prefix;
    }

    private static AttributeValue run(String jobId, int run) {
        return JobItemMapper.of(jobId + "/" + run);
    }
}
