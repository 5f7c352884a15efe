package routes.jobs;

import java.time.Clock;
import java.time.Duration;
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
import routes.observe.Meters.AttemptResult;
import routes.settings.Settings;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Returns a message to its queue: with a delay that grows with each receive after a transient failure; immediately if
 * this process stops, only the publication of a decided job is left, or this process lost the lease.
 */
@Component("messageRedelivery")
public class MessageRedelivery {
    private static final Logger LOG = LoggerFactory.getLogger(MessageRedelivery.class);
    private static final int LONGEST_SECONDS = 900;
    private static final int DOUBLINGS = 5;
    /** Attempts that an error of a program may end; the last one fails the job. */
    private static final int MOST_ERRORS = 3;

    private final SqsClient sqs;
    private final JobLifecycle jobs;
    private final JobTypeRegistry types;
    private final Failures failures;
    private final Clock clock;
    private final int firstSeconds;

    MessageRedelivery(
            SqsClient sqs,
            JobLifecycle jobs,
            JobTypeRegistry types,
            Failures failures,
            Clock clock,
            Settings settings) {
        this.sqs = sqs;
        this.jobs = jobs;
        this.types = types;
        this.failures = failures;
        this.clock = clock;
        this.firstSeconds = settings.times().retryPause();
    }

    /**
     * @param job null if it could not be opened
     * @param receives how often the message was received, including this time
     * @return the job; CANCELLED if it was cancelled meanwhile
     */
    public Job later(
            Exchange exchange,
            @Variable("job") Job job,
            @Header("CamelAwsSqsReceiptHandle") String receipt,
            @Header("ApproximateReceiveCount") int receives,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        int seconds = Math.min(firstSeconds << Math.min(receives, DOUBLINGS), LONGEST_SECONDS);
        LOG.warn(
                "{}: attempt {} failed, the next one is in {} s: {}",
                job == null ? "no job yet" : job.id(),
                receives,
                seconds,
                Failures.text(Failures.cause(cause)));
        Meters.attemptEnded(AttemptResult.FAILED);
        return redeliver(exchange, job, receipt, seconds, job == null ? "" : reason(job, cause));
    }

    /**
     * @param job null if it could not be opened
     * @param receives how often the message was received, including this time
     * @return whether an error of a program in this attempt fails the job
     */
    public boolean isLastAttempt(@Variable("job") Job job, @Header("ApproximateReceiveCount") int receives) {
        return job != null && job.status() == JobStatus.RUNNING && receives >= MOST_ERRORS;
    }

    /** Logs the error that fails the job. */
    public void giveUp(
            @Variable("job") Job job,
            @Header("ApproximateReceiveCount") int receives,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        LOG.warn(
                "{}: attempt {} failed, it is the last one: {}",
                job.id(),
                receives,
                Failures.text(Failures.cause(cause)));
    }

    private String reason(Job job, Exception cause) {
        return types.find(job).flatMap(type -> type.reason(cause)).orElseGet(() -> failures.transientReason(cause));
    }

    /**
     * Makes it visible for any process.
     *
     * @return the job; CANCELLED if it was cancelled meanwhile
     */
    public Job atOnce(Exchange exchange, @Variable("job") Job job, @Header("CamelAwsSqsReceiptHandle") String receipt) {
        return redeliver(exchange, job, receipt, 0, "the process that worked on it was stopped");
    }

    /**
     * Returns it after the job was decided; with a pause if that failed.
     *
     * @return the job; CANCELLED if it was cancelled meanwhile
     */
    public Job decided(
            Exchange exchange, @Variable("job") Job job, @Header("CamelAwsSqsReceiptHandle") String receipt) {
        boolean isOpen = job == null || job.status() == JobStatus.RUNNING;
        return redeliver(exchange, job, receipt, isOpen ? firstSeconds : 0, "its failure could not be stored");
    }

    /** It runs in an exception handler, so it throws nothing: the message is redelivered anyway. */
    private Job redeliver(Exchange exchange, Job job, String receipt, int pause, String error) {
        int seconds = pause;
        Job now = job;
        if (job != null && job.status() != JobStatus.CANCELLED) {
            try {
                jobs.redeliver(job, clock.instant().plus(Duration.ofSeconds(pause)), error);
            } catch (WorkStoppedException e) {
                // it is dropped on the next receive, since its job is cancelled or another process works on it
                LOG.info("{}", e.getMessage());
                seconds = 0;
                now = e instanceof JobCancelledException ? job.with(JobStatus.CANCELLED) : job;
            } catch (SdkException e) {
                LOG.warn("{}: the lease lapses by itself: {}", job.id(), e.getMessage());
            }
        }
        int visibility = seconds;
        try {
            sqs.changeMessageVisibility(r ->
                    r.queueUrl(JobQueue.urlOf(exchange)).receiptHandle(receipt).visibilityTimeout(visibility));
        } catch (SdkException e) {
            LOG.warn("a message will be redelivered after its visibility timeout: {}", e.getMessage());
        }
        return now;
    }
}
