package routes.jobs;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * A change of a client's number of open jobs, in the transaction that opens or ends one of them. The number is an item of
 * the jobs table, whose id contains a ':', which job ids never do, and the index {@code subject} lists it under a control
 * character, which subjects of jobs never contain.
 * See docs/decisions/0044.
 *
 * @param client that requested the job over REST
 * @param by 1 or -1
 * @param most open jobs before this one is opened; negative for no limit
 * @param end of the item's retention, renewed by each change
 */
record ClientCount(String client, int by, int most, Instant now, Instant end) {
    static final String PREFIX = "client:";
    static final String SUBJECT = "\tclients";
    static final String COUNT = "openJobs";
    static final String VERSION = "version";

    static Map<String, AttributeValue> key(String client) {
        return JobTable.key(PREFIX + client);
    }

    TransactWriteItem write(String table) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":subject", JobItemMapper.of(SUBJECT),
                ":now", JobItemMapper.of(now),
                ":end", JobItemMapper.of(end.getEpochSecond()),
                ":by", JobItemMapper.of(by),
                ":one", JobItemMapper.of(1)));
        Map<String, String> names = new HashMap<>(Map.of(
                "#subject", "subject",
                "#asked", "asked",
                "#end", "ExpirationTime",
                "#count", COUNT,
                "#version", VERSION));
        if (most >= 0) {
            values.put(":most", JobItemMapper.of(most));
        }
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(key(client))
                        .updateExpression("SET #subject = :subject, #asked = if_not_exists(#asked, :now), #end = :end"
                                + " ADD #count :by, #version :one")
                        .conditionExpression(most < 0 ? null : "attribute_not_exists(#count) OR #count < :most")
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values))
                .build();
    }
}
