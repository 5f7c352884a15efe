package routes.support;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The table of content keys with key {@code jobId} and a time to live. */
final class LocalKeysTable {
    private LocalKeysTable() {}

    /**
     * Creates the table and waits until it exists.
     *
     * @return its name
     */
    static String create(DynamoDbClient dynamoDb, String name) {
        dynamoDb.createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("jobId")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("jobId")
                        .keyType(KeyType.HASH)
                        .build()));
        dynamoDb.waiter().waitUntilTableExists(table -> table.tableName(name));
        dynamoDb.updateTimeToLive(
                request -> request.tableName(name).timeToLiveSpecification(ttl -> ttl.attributeName("ExpirationTime")
                        .enabled(true)));
        return name;
    }
}
