package routes.aws;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Whether the clip queue can be reached, and how many requests wait in it. Without it jobs are still taken and told. */
@Component("queueHealthIndicator")
class QueueHealthIndicator implements HealthIndicator {
    private static final QueueAttributeName WAITING = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
    private static final int FORBIDDEN = 403;

    private final SqsClient sqs;
    private final ClipQueue queue;

    QueueHealthIndicator(SqsClient sqs, ClipQueue queue) {
        this.sqs = sqs;
        this.queue = queue;
    }

    @Override
    public Health health() {
        try {
            var attributes = sqs.getQueueAttributes(r -> r.queueUrl(queue.url()).attributeNames(WAITING))
                    .attributes();
            return Health.up()
                    .withDetail("waiting", attributes.getOrDefault(WAITING, "unknown"))
                    .build();
        } catch (AwsServiceException e) {
            // who may not count messages may still receive them
            Health.Builder health = e.statusCode() == FORBIDDEN ? Health.unknown() : Health.down();
            return health.withDetail("reason", e.getMessage()).build();
        } catch (SdkException e) {
            return Health.down()
                    .withDetail("reason", "the queue cannot be reached: " + e.getMessage())
                    .build();
        }
    }
}
