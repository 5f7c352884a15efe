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
import routes.ClipQueue;
import routes.jobs.Job;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Gives a message back to its queue after a failure that may pass, later with every time it was received. */
@Component("giveBack")
public class GiveBack {
    private static final Logger LOG = LoggerFactory.getLogger(GiveBack.class);
    private static final int FIRST_SECONDS = 30;
    private static final int LONGEST_SECONDS = 900;
    private static final int DOUBLINGS = 5;

    private final SqsClient sqs;
    private final ClipQueue queue;
    private final ClipJobs jobs;
    private final Clock clock;

    GiveBack(SqsClient sqs, ClipQueue queue, ClipJobs jobs, Clock clock) {
        this.sqs = sqs;
        this.queue = queue;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * @param job null where it could not be opened
     * @param receives how often the message was received, this time included
     */
    public void later(
            @Variable("job") Job job,
            @Header("CamelAwsSqsReceiptHandle") String receipt,
            @Header("ApproximateReceiveCount") int receives,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        int seconds = Math.min(FIRST_SECONDS << Math.min(receives, DOUBLINGS), LONGEST_SECONDS);
        LOG.warn("try {} failed, the next one is in {} s: {}", receives, seconds, cause.toString());
        if (job != null) {
            jobs.giveBack(job, clock.instant().plus(Duration.ofSeconds(seconds)));
        }
        sqs.changeMessageVisibility(
                r -> r.queueUrl(queue.url()).receiptHandle(receipt).visibilityTimeout(seconds));
    }
}
