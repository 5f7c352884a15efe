package routes.aws;

import java.net.URI;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.sqs.Sqs2Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.settings.InvalidSettingException;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsServiceClientConfiguration;
import software.amazon.awssdk.services.sqs.endpoints.SqsEndpointProvider;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** A queue of requests of one type and its dead-letter queue. See docs/decisions/0025. */
public final class JobQueue {
    private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);
    private static final String ARN = "arn:";
    private static final Duration LONGEST_RETENTION = Duration.ofDays(14);

    private final String name;
    private final String url;
    private final String deadLettersUrl;
    private final Duration retention;

    /**
     * @param name of the queue
     * @param url of the queue
     * @param deadLettersUrl of its dead-letter queue
     */
    public JobQueue(SqsClient sqs, String name, String url, String deadLettersUrl) {
        this.name = name;
        this.url = url;
        this.deadLettersUrl = deadLettersUrl;
        this.retention = retention(sqs, url);
    }

    /**
     * @param setting that names the queue
     * @param nameOrArn an ARN determines the URL; that of a name is looked up in SQS
     * @throws InvalidSettingException if there is no such queue, it is in another region, or SQS cannot be reached
     */
    public static String findUrl(SqsClient sqs, String setting, String nameOrArn) {
        if (nameOrArn.startsWith(ARN)) {
            return urlOf(sqs, setting, Arn.fromString(nameOrArn));
        }
        try {
            return sqs.getQueueUrl(r -> r.queueName(nameOrArn)).queueUrl();
        } catch (QueueDoesNotExistException e) {
            throw new InvalidSettingException(setting, nameOrArn, "the name of a queue that exists in this region");
        } catch (SdkClientException e) {
            String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new InvalidSettingException(
                    "SQS cannot be reached at " + endpoint(sqs) + " to look up " + setting + ": " + cause);
        }
    }

    /** @return the name in an ARN, or the given name */
    public static String name(String nameOrArn) {
        return nameOrArn.startsWith(ARN) ? Arn.fromString(nameOrArn).resourceAsString() : nameOrArn;
    }

    private static String urlOf(SqsClient sqs, String setting, Arn arn) {
        String region = sqs.serviceClientConfiguration().region().id();
        if (!arn.region().filter(region::equals).isPresent()) {
            throw new InvalidSettingException(
                    setting, arn.toString(), "a queue of the region of AWS_REGION, which is " + region);
        }
        return endpoint(sqs).toString().replaceFirst("/$", "")
                + "/"
                + arn.accountId().orElseThrow()
                + "/"
                + arn.resourceAsString();
    }

    private static URI endpoint(SqsClient sqs) {
        SqsServiceClientConfiguration client = sqs.serviceClientConfiguration();
        return client.endpointOverride().orElseGet(() -> SqsEndpointProvider.defaultProvider()
                .resolveEndpoint(request -> request.region(client.region()))
                .join()
                .url());
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

    public String deadLettersName() {
        return deadLettersUrl.substring(deadLettersUrl.lastIndexOf('/') + 1);
    }

    /** @return retention period of a message */
    public Duration retention() {
        return retention;
    }

    /** @return the URL of the queue that the exchange was received from */
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
            LOG.warn("cannot read the retention period of {}, assuming {}: {}", url, LONGEST_RETENTION, e.getMessage());
            return LONGEST_RETENTION;
        }
    }
}
