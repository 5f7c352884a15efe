package routes.support;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The jobs table with key {@code jobId} and a time to live. Its indexes list jobs by subject and by day; sparse indexes
 * list open jobs by {@code dueAt}, by creation time and by client. Others list changes by time, and find jobs by the
 * id of another service's job.
 */
final class LocalJobsTable {
    private LocalJobsTable() {}

    /**
     * Creates the table and waits until it exists.
     *
     * @return its name
     */
    static String create(DynamoDbClient dynamoDb, String name) {
        dynamoDb.createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute("jobId", ScalarAttributeType.S),
                        attribute("open", ScalarAttributeType.S),
                        attribute("dueAt", ScalarAttributeType.N),
                        attribute("subject", ScalarAttributeType.S),
                        attribute("day", ScalarAttributeType.S),
                        attribute("openClient", ScalarAttributeType.S),
                        attribute("asked", ScalarAttributeType.N),
                        attribute("changedIn", ScalarAttributeType.S),
                        attribute("changedAt", ScalarAttributeType.N),
                        attribute("engineId", ScalarAttributeType.S))
                .keySchema(key("jobId", KeyType.HASH))
                .globalSecondaryIndexes(
                        index("open", "dueAt"),
                        index("subject", "asked"),
                        index("day", "asked"),
                        index("openClient", "asked"),
                        openAsked(),
                        changes(),
                        engineId()));
        dynamoDb.waiter().waitUntilTableExists(table -> table.tableName(name));
        dynamoDb.updateTimeToLive(
                request -> request.tableName(name).timeToLiveSpecification(ttl -> ttl.attributeName("ExpirationTime")
                        .enabled(true)));
        return name;
    }

    /** The index has the name of its partition key and projects the status besides the keys. */
    private static GlobalSecondaryIndex index(String partition, String sort) {
        return GlobalSecondaryIndex.builder()
                .indexName(partition)
                .keySchema(key(partition, KeyType.HASH), key(sort, KeyType.RANGE))
                .projection(
                        shown -> shown.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("status"))
                .build();
    }

    /** The index of changes by minute. */
    private static GlobalSecondaryIndex changes() {
        return GlobalSecondaryIndex.builder()
                .indexName("changes")
                .keySchema(key("changedIn", KeyType.HASH), key("changedAt", KeyType.RANGE))
                .projection(
                        shown -> shown.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("status", "outcome"))
                .build();
    }

    /** Finds the job of another service's job. */
    private static GlobalSecondaryIndex engineId() {
        return GlobalSecondaryIndex.builder()
                .indexName("engineId")
                .keySchema(key("engineId", KeyType.HASH))
                .projection(
                        shown -> shown.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("status"))
                .build();
    }

    /** Lists open jobs by creation time. */
    private static GlobalSecondaryIndex openAsked() {
        return GlobalSecondaryIndex.builder()
                .indexName("openAsked")
                .keySchema(key("open", KeyType.HASH), key("asked", KeyType.RANGE))
                .projection(
                        shown -> shown.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("status", "subject"))
                .build();
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
