package routes.aws;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Whether the queues can be reached, and how many requests wait in each. REST accepts jobs without them. */
@Component("queueHealthIndicator")
class QueueHealthIndicator implements HealthIndicator {
    private static final QueueAttributeName WAITING = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
    private static final int FORBIDDEN = 403;

    private final SqsClient sqs;
    private final List<JobQueue> queues;

    QueueHealthIndicator(SqsClient sqs, List<JobQueue> queues) {
        this.sqs = sqs;
        this.queues = queues;
    }

    @Override
    public Health health() {
        Map<String, String> waiting = new TreeMap<>();
        for (JobQueue queue : queues) {
            try {
                waiting.put(queue.name(), waiting(queue));
            } catch (AwsServiceException e) {
                // a role without sqs:GetQueueAttributes may still receive
                Health.Builder health = e.statusCode() == FORBIDDEN ? Health.unknown() : Health.down();
                return health.withDetail("reason", queue.name() + ": " + e.getMessage())
                        .build();
            } catch (SdkException e) {
                return Health.down()
                        .withDetail("reason", "the queue " + queue.name() + " cannot be reached: " + e.getMessage())
                        .build();
            }
        }
        return Health.up().withDetail("waiting", waiting).build();
    }

    private String waiting(JobQueue queue) {
        return sqs.getQueueAttributes(r -> r.queueUrl(queue.url()).attributeNames(WAITING))
                .attributes()
                .getOrDefault(WAITING, "unknown");
    }
}
