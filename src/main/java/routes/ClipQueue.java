package routes;

import org.springframework.stereotype.Component;
import routes.failure.WrongSetting;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Where the clip queue is. */
@Component
public class ClipQueue {
    private final String url;

    ClipQueue(SqsClient sqs, Settings settings) {
        Settings.Queues queue = settings.queue();
        this.url = queue.clipUrl().isEmpty() ? find(sqs, queue.clip()) : queue.clipUrl();
    }

    public String url() {
        return url;
    }

    private static String find(SqsClient sqs, String name) {
        try {
            return sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
        } catch (QueueDoesNotExistException e) {
            throw new WrongSetting("AWS_SQS_QUEUE", name, "the name of a queue that exists in this region");
        }
    }
}
