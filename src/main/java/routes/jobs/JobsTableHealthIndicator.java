package routes.jobs;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;
import routes.settings.Settings;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Whether the jobs table can be read. */
@Component("jobsTableHealthIndicator")
class JobsTableHealthIndicator implements HealthIndicator {
    private final DynamoDbClient client;
    private final String table;

    JobsTableHealthIndicator(DynamoDbClient client, Settings settings) {
        this.client = client;
        this.table = settings.jobs().table();
    }

    @Override
    public Health health() {
        try {
            client.getItem(r -> r.tableName(table).key(JobTable.key("health")).consistentRead(true));
            return Health.up().build();
        } catch (SdkException e) {
            return Health.down()
                    .withDetail("reason", "the jobs table cannot be read: " + e.getMessage())
                    .build();
        }
    }
}
