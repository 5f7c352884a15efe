package routes.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** A conditional write of a job, attribute by attribute. */
final class JobUpdate {
    private final String table;
    private final String jobId;
    private final List<String> sets = new ArrayList<>();
    private final List<String> removes = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();
    private ClientCount count;

    JobUpdate(String table, String jobId) {
        this.table = table;
        this.jobId = jobId;
    }

    /** @param value null removes the attribute */
    JobUpdate set(String name, AttributeValue value) {
        if (value == null) {
            return remove(name);
        }
        sets.add(name(name) + " = " + value(value));
        return this;
    }

    JobUpdate set(String name, String value) {
        return set(name, value == null ? null : JobItemMapper.of(value));
    }

    JobUpdate set(String name, long value) {
        return set(name, JobItemMapper.of(value));
    }

    JobUpdate set(String name, Instant value) {
        return set(name, JobItemMapper.of(value));
    }

    /** @param message a JSON object */
    JobUpdate setMessage(String message) {
        JobItemMapper.messageAttributes(message).forEach(this::set);
        return this;
    }

    JobUpdate remove(String... all) {
        for (String name : all) {
            removes.add(name(name));
        }
        return this;
    }

    JobUpdate onlyIfNew() {
        conditions.add("attribute_not_exists(" + name("jobId") + ")");
        return this;
    }

    /** @param value null requires that the attribute is absent */
    JobUpdate onlyIf(String name, AttributeValue value) {
        conditions.add(value == null ? "attribute_not_exists(" + name(name) + ")" : name(name) + " = " + value(value));
        return this;
    }

    JobUpdate onlyIf(String name, String value) {
        return onlyIf(name, value == null ? null : JobItemMapper.of(value));
    }

    JobUpdate onlyIf(String name, Instant value) {
        return onlyIf(name, value == null ? null : JobItemMapper.of(value));
    }

    JobUpdate onlyIf(String name, long value) {
        return onlyIf(name, JobItemMapper.of(value));
    }

    JobUpdate onlyIf(JobStatus status) {
        return onlyIf("status", status.name());
    }

    /** @param change is made in the same transaction; null for none */
    JobUpdate counted(ClientCount change) {
        count = change;
        return this;
    }

    /**
     * @return the updated job
     * @throws ConditionalCheckFailedException contains the current item
     * @throws OpenJobLimitException if its client has too many open jobs
     */
    Job to(DynamoDbClient client) {
        return JobItemMapper.read(count == null ? updated(client) : new CountedWrite(client).write(update(), count));
    }

    private Map<String, AttributeValue> updated(DynamoDbClient client) {
        Update update = update();
        return client.updateItem(UpdateItemRequest.builder()
                        .tableName(update.tableName())
                        .key(update.key())
                        .updateExpression(update.updateExpression())
                        .conditionExpression(update.conditionExpression())
                        .expressionAttributeNames(update.expressionAttributeNames())
                        .expressionAttributeValues(values.isEmpty() ? null : values)
                        .returnValues(ReturnValue.ALL_NEW)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build())
                .attributes();
    }

    private Update update() {
        String update = sets.isEmpty() ? "" : "SET " + String.join(", ", sets);
        if (!removes.isEmpty()) {
            update += " REMOVE " + String.join(", ", removes);
        }
        return Update.builder()
                .tableName(table)
                .key(JobTable.key(jobId))
                .updateExpression(update.strip())
                .conditionExpression(String.join(" AND ", conditions))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values.isEmpty() ? null : values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private String name(String name) {
        names.put("#" + name, name);
        return "#" + name;
    }

    private String value(AttributeValue value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, value);
        return placeholder;
    }
}
