package routes.jobs;

import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Finds a job by the id of another service's job. Tables of an earlier version lack the index. */
@Component
public class EngineJobIndex {
    private static final Logger LOG = LoggerFactory.getLogger(EngineJobIndex.class);
    static final String NAME = "engineId";

    private final DynamoDbClient client;
    private final String table;

    EngineJobIndex(DynamoDbClient client, Settings settings) {
        this.client = client;
        this.table = settings.jobs().table();
    }

    /** @return the id of the job that another service's job works for; empty if none is known */
    public Optional<String> find(String engineId) {
        try {
            return client
                    .query(r -> r.tableName(table)
                            .indexName(NAME)
                            .keyConditionExpression("#engineId = :engineId")
                            .expressionAttributeNames(Map.of("#engineId", NAME))
                            .expressionAttributeValues(Map.of(":engineId", JobItemMapper.of(engineId)))
                            .limit(1))
                    .items()
                    .stream()
                    .map(item -> item.get("jobId").s())
                    .findFirst();
        } catch (DynamoDbException e) {
            if (!OpenJobIndex.isMissing(e)) {
                throw e;
            }
            LOG.warn("the jobs table has no index {}", NAME);
            return Optional.empty();
        }
    }
}
