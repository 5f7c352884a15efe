package routes.jobs;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import routes.failure.Failures;
import routes.failure.JobCancelledException;
import routes.failure.LeaseLostException;
import software.amazon.awssdk.core.exception.SdkException;

/** The life of a job of any type; each method is one step of a route. */
@Component("jobLifecycle")
public class JobLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(JobLifecycle.class);

    private final JobTypeRegistry types;
    private final JobStore store;
    private final JobCommands commands;
    private final LeaseRegistry leases;
    private final Failures failures;
    private final Clock clock;

    JobLifecycle(
            JobTypeRegistry types,
            JobStore store,
            JobCommands commands,
            LeaseRegistry leases,
            Failures failures,
            Clock clock) {
        this.types = types;
        this.store = store;
        this.commands = commands;
        this.leases = leases;
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * @param sent when SQS received the message, in ms since 1970
     * @return the job, leased by this process; a CANCELLED one without a lease; null if there is nothing to do
     * @throws routes.failure.RequestConflictException if the id belongs to another request
     */
    public Job open(
            @Variable("request") JobRequest request,
            @Variable("type") String type,
            @Header("SentTimestamp") long sent) {
        return open(NewJob.of(types.named(type), request, null, Instant.ofEpochMilli(sent)));
    }

    /** The same for a dead letter, whose request may be unreadable. */
    public Job openDeadLetter(
            @Variable("deadLetter") DeadLetter deadLetter,
            @Variable("type") String type,
            @Header("SentTimestamp") long sent) {
        return open(NewJob.of(
                types.named(type), deadLetter.request(), deadLetter.identity(), null, Instant.ofEpochMilli(sent)));
    }

    private Job open(NewJob message) {
        Job job = store.open(message).orElse(null);
        if (job != null && !job.status().isTerminal()) {
            leases.hold(job, types.of(job).steps(job));
            MDC.put("jobId", job.id());
        }
        return job;
    }

    /** Records that the job's message is in its queue. */
    public void sent(@Variable("job") Job job) {
        commands.sent(job, clock.instant().plus(types.of(job).queue().retention()));
    }

    /** Ensures that the lease outlasts the uploads that follow. */
    public Job renew(@Variable("job") Job job) {
        return written(leases.of(job)
                .map(lease -> store.renew(lease.current(), lease.progress(), lease.step()))
                .orElseThrow(() -> new LeaseLostException(job.id())));
    }

    /**
     * Releases the lease until a later message arrives.
     *
     * @param next the message that was sent
     * @param delay seconds until it arrives
     */
    public void await(@Variable("job") Job job, @Variable("next") JobRequest next, @Variable("delay") int delay) {
        leases.of(job).ifPresent(Lease::waits);
        Job current = current(job);
        stopRenewing(job);
        store.await(current, next, clock.instant().plusSeconds(delay));
    }

    /** Stores the details of another service's work before that begins. */
    public Job keepDetails(@Variable("job") Job job) {
        return written(store.keepDetails(current(job)));
    }

    /**
     * Releases the lease while another service works on the job.
     *
     * @param job with the id of that service's job, its progress and details
     */
    public void delegate(@Variable("job") Job job) {
        leases.of(job).ifPresent(Lease::waits);
        int progress = leases.of(job).map(Lease::progress).orElse(0);
        Job current = current(job).with(job.engineId(), progress, job.details());
        stopRenewing(job);
        store.delegate(current);
    }

    /** Stores the outcome before it is published. */
    public Job decide(@Variable("job") Job job, @Variable("outcome") JobOutcome outcome) {
        QueuedJobType type = types.of(job);
        boolean succeeded = type.outcome(outcome.name())
                .orElseThrow(() -> new IllegalStateException(type.name() + " jobs never end with " + outcome.name()))
                .isSuccess();
        List<Publication> publications =
                type.sinks().stream().map(Publication::pending).toList();
        return written(store.decide(current(job), outcome, succeeded, publications));
    }

    /**
     * Fails the job because of a permanent exception. It runs in the handler of that exception, so it throws nothing.
     *
     * @return the decided job; the cancelled one if it was cancelled before; unchanged if this process lost the lease
     *     or the table does not respond
     */
    public Job fail(
            @Variable("job") Job job,
            @Variable("request") JobRequest request,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        if (job == null) {
            LOG.error("a request without a job cannot be failed", cause);
            return null;
        }
        try {
            String reason = types.of(job).reason(cause).orElseGet(() -> failures.reason(cause));
            return fail(job, reason, types.of(job).fail(job, request, reason, Failures.cause(cause)));
        } catch (JobCancelledException e) {
            return job.with(JobStatus.CANCELLED);
        } catch (LeaseLostException | SdkException e) {
            LOG.warn("{}: its failure could not be stored: {}", job.id(), e.getMessage());
            return job;
        }
    }

    /** @param reason without internal details */
    Job fail(Job job, JobRequest request, String reason) {
        return fail(job, reason, types.of(job).fail(job, request, reason));
    }

    private Job fail(Job job, String reason, JobOutcome outcome) {
        leases.of(job).ifPresent(lease -> lease.failed(reason));
        return decide(job, outcome);
    }

    public Job close(@Variable("job") Job job) {
        leases.of(job).ifPresent(Lease::ended);
        Job current = current(job);
        stopRenewing(job);
        return store.close(current);
    }

    /**
     * Releases the lease because the message will be redelivered.
     *
     * @param again when it is redelivered
     * @param error public reason for which the running step failed
     */
    void redeliver(Job job, Instant again, String error) {
        leases.of(job).ifPresent(lease -> lease.failed(error));
        Job current = current(job);
        stopRenewing(job);
        store.redeliver(current, again);
    }

    /** Ends this process's work on the job, whatever the result of the exchange. */
    public void leave(@Variable("job") Job job) {
        stopRenewing(job);
        MDC.remove("jobId");
    }

    /** Stores the sinks of a decided job. */
    public Job publishTo(Job job, List<String> sinks) {
        return written(
                store.publish(job, sinks.stream().map(Publication::pending).toList()));
    }

    /** Stores the progress of one sink. */
    public Job publish(Job job, Publication changed) {
        return written(store.publish(job, changed.in(job.publications())));
    }

    private Job current(Job job) {
        return leases.of(job).map(lease -> job.with(lease.current().steps())).orElse(job);
    }

    private void stopRenewing(Job job) {
        leases.of(job).ifPresent(leases::drop);
    }

    private Job written(Job job) {
        leases.of(job).ifPresent(lease -> lease.written(job));
        return job;
    }
}
