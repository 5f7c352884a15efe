package routes;

import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.sqs.Sqs2Endpoint;
import org.springframework.stereotype.Component;
import routes.failure.WrongSetting;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Where the clip queue and its dead letters are. */
@Component
public class ClipQueue {
    private final String url;
    private final String deadLettersUrl;

    ClipQueue(SqsClient sqs, Settings settings) {
        Settings.Queues queue = settings.queue();
        this.url = queue.clipUrl().isEmpty() ? find(sqs, "AWS_SQS_QUEUE", queue.clip()) : queue.clipUrl();
        this.deadLettersUrl = find(sqs, "AWS_SQS_DEAD_LETTERS", queue.deadLetters());
    }

    public String url() {
        return url;
    }

    public String deadLettersUrl() {
        return deadLettersUrl;
    }

    /** @return the URL of the queue that a message came from */
    public static String urlOf(Exchange exchange) {
        return ((Sqs2Endpoint) exchange.getFromEndpoint()).getConfiguration().getQueueUrl();
    }

    private static String find(SqsClient sqs, String setting, String name) {
        try {
            return sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
        } catch (QueueDoesNotExistException e) {
            throw new WrongSetting(setting, name, "the name of a queue that exists in this region");
        }
    }
}
