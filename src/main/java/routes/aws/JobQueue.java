package routes.aws;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.sqs.Sqs2Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.settings.InvalidSettingException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** A queue of requests of one type, and the queue of its dead letters. */
public final class JobQueue {
    private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(14);

    private final String name;
    private final String url;
    private final String deadLettersUrl;
    private final Duration retention;

    /**
     * @param name of the queue
     * @param url of the queue
     * @param deadLettersUrl of the queue of its dead letters
     */
    public JobQueue(SqsClient sqs, String name, String url, String deadLettersUrl) {
        this.name = name;
        this.url = url;
        this.deadLettersUrl = deadLettersUrl;
        this.retention = retention(sqs, url);
    }

    /**
     * @param setting that names it
     * @throws InvalidSettingException when there is no such queue
     */
    public static String findUrl(SqsClient sqs, String setting, String name) {
        try {
            return sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
        } catch (QueueDoesNotExistException e) {
            throw new InvalidSettingException(setting, name, "the name of a queue that exists in this region");
        }
    }

    public String name() {
        return name;
    }

    public String url() {
        return url;
    }

    public String deadLettersUrl() {
        return deadLettersUrl;
    }

    /** @return how long the queue keeps a message that nobody takes */
    public Duration retention() {
        return retention;
    }

    /** @return the URL of the queue that a message came from */
    public static String urlOf(Exchange exchange) {
        return ((Sqs2Endpoint) exchange.getFromEndpoint()).getConfiguration().getQueueUrl();
    }

    private static Duration retention(SqsClient sqs, String url) {
        QueueAttributeName attribute = QueueAttributeName.MESSAGE_RETENTION_PERIOD;
        try {
            String seconds = sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(attribute))
                    .attributes()
                    .get(attribute);
            return seconds == null ? LONGEST_RETENTION : Duration.ofSeconds(Long.parseLong(seconds));
        } catch (SdkException e) {
            LOG.warn(
                    "how long {} keeps a message could not be told, {} is taken: {}",
                    url,
                    LONGEST_RETENTION,
                    e.getMessage());
            return LONGEST_RETENTION;
        }
    }
}
