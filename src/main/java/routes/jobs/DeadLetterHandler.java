package routes.jobs;

import java.time.Duration;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.aws.JobQueue;
import routes.failure.MalformedMessageException;
import routes.failure.OneLine;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Fails the jobs of dead letters. Alerts an operator if a message names no job. See docs/decisions/0017. */
@Component("deadLetterHandler")
public class DeadLetterHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);
    /** Just below the 12 h that SQS allows. The alarm is repeated after it, until the queue's retention ends. */
    private static final Duration KEPT = Duration.ofHours(11);

    private static final int SHOWN = 200;

    private final JobTypeRegistry types;
    private final JobLifecycle jobs;
    private final SqsClient sqs;

    DeadLetterHandler(JobTypeRegistry types, JobLifecycle jobs, SqsClient sqs) {
        this.types = types;
        this.jobs = jobs;
        this.sqs = sqs;
    }

    /** @return the requests in a message, each as text; the message itself if they cannot be separated */
    public List<String> unwrap(@Body String body, @Variable("type") String type) {
        try {
            return types.named(type).unwrap(SnsEnvelope.open(body));
        } catch (MalformedMessageException e) {
            return List.of(SnsEnvelope.open(body));
        }
    }

    /** @throws MalformedMessageException if it has no id */
    public DeadLetter read(@Body String body, @Variable("type") String type) {
        return types.named(type).readDeadLetter(body);
    }

    /**
     * Fails the job; it is not retried.
     *
     * @throws routes.failure.JobCancelledException if it was cancelled before
     */
    public Job fail(@Variable("job") Job job, @Variable("deadLetter") DeadLetter deadLetter) {
        LOG.warn("dead letter: {} ends: {}", job.id(), deadLetter.reason());
        return jobs.fail(job, deadLetter.request(), deadLetter.reason());
    }

    /** Alerts an operator of a message that has no client to answer. The log line is short and on one line. */
    public void alarm(
            @Variable("message") String message,
            @Header("CamelAwsSqsMessageId") String messageId,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        LOG.warn("ALARM dead letter: {}; message {}: {}", cause.getMessage(), messageId, OneLine.of(message, SHOWN));
    }

    /** Leaves the message in its queue, invisible, for an operator. */
    public void keep(Exchange exchange, @Header("CamelAwsSqsReceiptHandle") String receipt) {
        sqs.changeMessageVisibility(r ->
                r.queueUrl(JobQueue.urlOf(exchange)).receiptHandle(receipt).visibilityTimeout((int) KEPT.toSeconds()));
    }
}
