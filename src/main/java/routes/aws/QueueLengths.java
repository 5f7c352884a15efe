package routes.aws;

import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Approximate numbers of messages in the queues. */
@Component
public class QueueLengths {
    private static final Logger LOG = LoggerFactory.getLogger(QueueLengths.class);
    private static final QueueAttributeName WAITING = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
    private static final QueueAttributeName IN_FLIGHT = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;

    private final SqsClient sqs;

    QueueLengths(SqsClient sqs) {
        this.sqs = sqs;
    }

    /**
     * @param waiting messages that can be received
     * @param inFlight messages that were received and not deleted
     */
    public record Length(int waiting, int inFlight) {}

    /** @return empty if SQS does not respond, or does not permit it */
    public Optional<Length> of(JobQueue queue) {
        try {
            Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(
                            request -> request.queueUrl(queue.url()).attributeNames(WAITING, IN_FLIGHT))
                    .attributes();
            return Optional.of(new Length(
                    Integer.parseInt(attributes.getOrDefault(WAITING, "0")),
                    Integer.parseInt(attributes.getOrDefault(IN_FLIGHT, "0"))));
        } catch (SdkException e) {
            LOG.warn("the length of {} is not known: {}", queue.name(), e.getMessage());
            return Optional.empty();
        }
    }
}
