package routes.jobs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Writes a job and the number of its client's open jobs in one transaction. */
final class CountedWrite {
    private static final String REFUSED = "ConditionalCheckFailed";
    /** Reasons that pass: other requests of the same client change the same number. */
    private static final Set<String> PASSING =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private static final int TRIES = 20;
    private static final int LONGEST_PAUSE_MILLIS = 100;

    private final DynamoDbClient client;

    CountedWrite(DynamoDbClient client) {
        this.client = client;
    }

    /**
     * @return the item of the job after the write, or after a later one
     * @throws ConditionalCheckFailedException contains the current item of the job
     * @throws OpenJobLimitException if the client has too many open jobs
     */
    Map<String, AttributeValue> write(Update job, ClientCount count) {
        List<TransactWriteItem> items =
                List.of(TransactWriteItem.builder().update(job).build(), count.write(job.tableName()));
        for (int tries = 1; ; tries++) {
            try {
                client.transactWriteItems(r -> r.transactItems(items));
                return client.getItem(
                                r -> r.tableName(job.tableName()).key(job.key()).consistentRead(true))
                        .item();
            } catch (TransactionCanceledException e) {
                List<CancellationReason> reasons = e.cancellationReasons();
                if (REFUSED.equals(reasons.get(0).code())) {
                    throw ConditionalCheckFailedException.builder()
                            .message(reasons.get(0).message())
                            .item(reasons.get(0).item())
                            .cause(e)
                            .build();
                }
                if (REFUSED.equals(reasons.get(1).code())) {
                    throw new OpenJobLimitException(count.client(), e);
                }
                boolean passes = reasons.stream().map(CancellationReason::code).anyMatch(PASSING::contains);
                if (!passes || tries == TRIES) {
                    throw e;
                }
                pause(tries);
            }
        }
    }

    private static void pause(int tries) {
        try {
            TimeUnit.MILLISECONDS.sleep(
                    ThreadLocalRandom.current().nextInt(1, Math.min(LONGEST_PAUSE_MILLIS, 5 * tries + 2)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create("interrupted before a transaction was repeated", e);
        }
    }
}
