package routes.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** A query of one partition of an index whose sort key is the creation time, newest first. */
final class ListQuery {
    private final String table;
    private final String index;
    private final String key;
    private final AttributeValue value;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();
    private final List<String> filters = new ArrayList<>();

    /** @param key attribute of the partition, and its value */
    ListQuery(String table, String index, String key, String value) {
        this.table = table;
        this.index = index;
        this.key = key;
        this.value = JobItemMapper.of(value);
        names.put("#key", key);
        values.put(":key", this.value);
    }

    /** @return whether the index filters, so that a read may return fewer jobs than it reads */
    boolean isFiltered() {
        return !filters.isEmpty();
    }

    /** @param attribute that the index projects; one of the values is required, unless there are none */
    ListQuery onlyIf(String attribute, List<String> allowed) {
        if (!allowed.isEmpty()) {
            names.put("#" + attribute, attribute);
            List<String> placeholders = new ArrayList<>();
            for (String one : allowed) {
                placeholders.add(":" + attribute + placeholders.size());
                values.put(placeholders.get(placeholders.size() - 1), JobItemMapper.of(one));
            }
            filters.add("#" + attribute + " IN (" + String.join(", ", placeholders) + ")");
        }
        return this;
    }

    /**
     * @param first earliest creation time, inclusive; not after the position
     * @param after position at which the page before ended
     * @param limit of jobs to read
     */
    QueryRequest request(Instant first, PageToken after, int limit) {
        Map<String, String> allNames = new HashMap<>(names);
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        allNames.put("#asked", "asked");
        allValues.put(":first", JobItemMapper.of(first));
        allValues.put(":last", JobItemMapper.of(after.createdAt()));
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table)
                .indexName(index)
                .keyConditionExpression("#key = :key AND #asked BETWEEN :first AND :last")
                .filterExpression(isFiltered() ? String.join(" AND ", filters) : null)
                .expressionAttributeNames(allNames)
                .expressionAttributeValues(allValues)
                .scanIndexForward(false)
                .limit(limit);
        if (!after.jobId().isEmpty()) {
            query.exclusiveStartKey(Map.of(
                    key,
                    value,
                    "asked",
                    JobItemMapper.of(after.createdAt()),
                    "jobId",
                    JobItemMapper.of(after.jobId())));
        }
        return query.build();
    }
}
