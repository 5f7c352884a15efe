package routes.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.aws.JobQueue;
import routes.failure.Failures;
import routes.failure.JobCancelledException;
import routes.failure.WorkStoppedException;
import routes.observe.Meters;
import routes.observe.Meters.AttemptEnd;
import routes.settings.Settings;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Gives a message back to its queue: after a failure that may pass, later with every time it was received; at once where
 * this process stops, where only publishing a decided job is left, or where the job is not this process's any more.
 */
@Component("messageRedelivery")
public class MessageRedelivery {
    private static final Logger LOG = LoggerFactory.getLogger(MessageRedelivery.class);
    private static final int LONGEST_SECONDS = 900;
    private static final int DOUBLINGS = 5;

    private final SqsClient sqs;
    private final JobLifecycle jobs;
    private final Failures failures;
    private final Clock clock;
    private final int firstSeconds;

    MessageRedelivery(SqsClient sqs, JobLifecycle jobs, Failures failures, Clock clock, Settings settings) {
        this.sqs = sqs;
        this.jobs = jobs;
        this.failures = failures;
        this.clock = clock;
        this.firstSeconds = settings.times().retryPause();
    }

    /**
     * @param job null where it could not be opened
     * @param receives how often the message was received, this time included
     * @return the job; CANCELLED where it was cancelled meanwhile
     */
    public Job later(
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
        return giveBack(exchange, job, receipt, seconds, publications(job, cause));
    }

    /**
     * Gives it to whichever process asks next.
     *
     * @return the job; CANCELLED where it was cancelled meanwhile
     */
    public Job atOnce(Exchange exchange, @Variable("job") Job job, @Header("CamelAwsSqsReceiptHandle") String receipt) {
        return giveBack(exchange, job, receipt, 0, job == null ? List.of() : job.publications());
    }

    /** @return of a job that is being published: the sink that failed says why */
    private List<Publication> publications(Job job, Exception cause) {
        Publication sending = job == null ? null : job.nextPublication();
        if (sending == null || sending.status() != Publication.Status.SENDING) {
            return job == null ? List.of() : job.publications();
        }
        return sending.failed(failures.publishingReason(cause), Failures.isAnswer(cause))
                .in(job.publications());
    }

    private Job giveBack(Exchange exchange, Job job, String receipt, int pause, List<Publication> publications) {
        int seconds = pause;
        Job now = job;
        if (job != null && job.status() != JobStatus.CANCELLED) {
            try {
                jobs.giveBack(job, clock.instant().plus(Duration.ofSeconds(pause)), publications);
            } catch (WorkStoppedException e) {
                // received again it is dropped, since its job is cancelled or another process's
                LOG.info("{}", e.getMessage());
                seconds = 0;
                now = e instanceof JobCancelledException ? job.with(JobStatus.CANCELLED) : job;
            }
        }
        int visibility = seconds;
        sqs.changeMessageVisibility(
                r -> r.queueUrl(JobQueue.urlOf(exchange)).receiptHandle(receipt).visibilityTimeout(visibility));
        return now;
    }
}
