package routes.clip;

import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.aws.ClipQueue;
import routes.failure.Failures;
import routes.jobs.Job;
import routes.jobs.JobStatus;
import routes.observe.Meters;
import routes.observe.Meters.AttemptEnd;
import routes.settings.Settings;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Gives a message back to its queue: after a failure that may pass, later with every time it was received; at once where
 * this process stops, or where only the announcement of a decided job is left.
 */
@Component("messageRedelivery")
public class MessageRedelivery {
    private static final Logger LOG = LoggerFactory.getLogger(MessageRedelivery.class);
    private static final int LONGEST_SECONDS = 900;
    private static final int DOUBLINGS = 5;

    private final SqsClient sqs;
    private final ClipJobs jobs;
    private final Clock clock;
    private final int firstSeconds;

    MessageRedelivery(SqsClient sqs, ClipJobs jobs, Clock clock, Settings settings) {
        this.sqs = sqs;
        this.jobs = jobs;
        this.clock = clock;
        this.firstSeconds = settings.times().retryPause();
    }

    /**
     * @param job null where it could not be opened
     * @param receives how often the message was received, this time included
     */
    public void later(
            Exchange exchange,
            @Variable("job") Job job,
            @Header("CamelAwsSqsReceiptHandle") String receipt,
            @Header("ApproximateReceiveCount") int receives,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        int seconds = Math.min(firstSeconds << Math.min(receives, DOUBLINGS), LONGEST_SECONDS);
        LOG.warn(
                "{}: try {} failed, the next one is in {} s: {}",
                job == null ? "no job yet" : job.id(),
                receives,
                seconds,
                Failures.cause(cause).toString());
        Meters.attemptEnded(AttemptEnd.FAILS);
        if (job != null && job.status() == JobStatus.ANNOUNCING) {
            Meters.announcementResent();
        }
        giveBack(exchange, job, receipt, seconds);
    }

    /** Gives it to whichever process asks next. */
    public void atOnce(
            Exchange exchange, @Variable("job") Job job, @Header("CamelAwsSqsReceiptHandle") String receipt) {
        giveBack(exchange, job, receipt, 0);
    }

    private void giveBack(Exchange exchange, Job job, String receipt, int seconds) {
        if (job != null) {
            jobs.giveBack(job, clock.instant().plus(Duration.ofSeconds(seconds)));
        }
        sqs.changeMessageVisibility(r ->
                r.queueUrl(ClipQueue.urlOf(exchange)).receiptHandle(receipt).visibilityTimeout(seconds));
    }
}
