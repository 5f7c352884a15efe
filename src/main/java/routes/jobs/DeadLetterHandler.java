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

/** Ends the jobs of dead letters. Where a letter names no job, it tells an operator. See docs/decisions/0017. */
@Component("deadLetterHandler")
public class DeadLetterHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);
    /** Just below the 12 h that a queue allows. The alarm comes again then, until the queue's retention is over. */
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

    /** @return the requests in a letter, each still as text; the letter itself where they cannot be told apart */
    public List<String> unwrap(@Body String body, @Variable("type") String type) {
        try {
            return types.named(type).unwrap(body);
        } catch (MalformedMessageException e) {
            return List.of(body);
        }
    }

    /** @throws MalformedMessageException when it has no id that could be answered */
    public DeadLetter read(@Body String body, @Variable("type") String type) {
        return types.named(type).readDeadLetter(body);
    }

    /**
     * Ends the job: nobody is going to try it again.
     *
     * @throws routes.failure.JobCancelledException when it was cancelled before
     */
    public Job fail(@Variable("job") Job job, @Variable("deadLetter") DeadLetter deadLetter) {
        LOG.warn("dead letter: {} ends: {}", job.id(), deadLetter.reason());
        return jobs.fail(job, deadLetter.request(), deadLetter.reason());
    }

    /** Tells an operator of a letter that nobody can be answered for: one short line, whatever was sent. */
    public void alarm(
            @Variable("message") String message,
            @Header("CamelAwsSqsMessageId") String messageId,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        LOG.warn("ALARM dead letter: {}; message {}: {}", cause.getMessage(), messageId, OneLine.of(message, SHOWN));
    }

    /** Leaves the letter in its queue, out of the way, for an operator to look at. */
    public void keep(Exchange exchange, @Header("CamelAwsSqsReceiptHandle") String receipt) {
        sqs.changeMessageVisibility(r ->
                r.queueUrl(JobQueue.urlOf(exchange)).receiptHandle(receipt).visibilityTimeout((int) KEPT.toSeconds()));
    }
}
