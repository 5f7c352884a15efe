package routes.jobs;

import java.util.Map;
import java.util.Optional;
import routes.support.LocalCloud;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads jobs from the table. */
public final class StoredJobs {
    private StoredJobs() {}

    public static Optional<Job> find(String id) {
        LocalCloud cloud = LocalCloud.shared();
        Map<String, AttributeValue> item = cloud.dynamoDb()
                .getItem(r -> r.tableName(cloud.resources().jobsTable())
                        .key(JobTable.key(id))
                        .consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(JobItemMapper.read(item));
    }
}
