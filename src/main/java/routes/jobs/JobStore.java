package routes.jobs;

import static routes.jobs.JobStatus.ANNOUNCING;
import static routes.jobs.JobStatus.CANCELLED;
import static routes.jobs.JobStatus.RUNNING;
import static routes.jobs.JobStatus.WAITING;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.failure.JobCancelledException;
import routes.failure.JobNotFoundException;
import routes.failure.LeaseLostException;
import routes.failure.RequestConflictException;
import routes.observe.Meters;
import routes.observe.Meters.AttemptResult;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Job state transitions made by workers, each one conditional write. An open job always has a {@code dueAt}, after
 * which the sweep sends its request again. So a message may be deleted once its job exists.
 */
@Component
public class JobStore {
    private static final Logger LOG = LoggerFactory.getLogger(JobStore.class);

    static final Duration LEASE = Duration.ofSeconds(60);
    private static final int RACES = 10;

    private final DynamoDbClient client;
    private final Clock clock;
    private final JobTable jobs;

    public JobStore(DynamoDbClient client, Clock clock, Settings settings) {
        this.client = client;
        this.clock = clock;
        this.jobs = new JobTable(client, clock, settings);
    }

    /**
     * @param jobIds at most 100
     * @return the cancelled ones
     */
    Set<String> cancelled(Collection<String> jobIds) {
        return jobs.all(jobIds).stream()
                .filter(job -> job.status() == CANCELLED)
                .map(Job::id)
                .collect(Collectors.toSet());
    }

    /**
     * Acquires the lease of a message's job, and creates the job if there is none.
     *
     * @return RUNNING: to be worked on; ANNOUNCING: only to be published; CANCELLED: without a lease, leftovers are to
     *     be removed; empty: nothing to do, because the message is stale, the job has ended, or another process works
     *     on it
     * @throws RequestConflictException if the id belongs to another request
     */
    public Optional<Job> open(NewJob message) {
        Job known = null;
        for (int race = 0; race < RACES; race++) {
            try {
                return known == null ? Optional.of(create(message)) : take(known, message);
            } catch (ConditionalCheckFailedException other) {
                known = JobTable.current(other).orElse(null);
            }
        }
        LOG.debug("lost {} races for job {}", RACES, message.id());
        return Optional.empty();
    }

    /**
     * Writes a job that has ended already. It was never open, so no sweep knows it.
     *
     * @param outcome without an event: it is not published
     * @throws RequestConflictException if there is a job of this id
     */
    public Job record(NewJob request, JobOutcome outcome, boolean succeeded) {
        JobStatus end = succeeded ? JobStatus.DONE : JobStatus.FAILED;
        try {
            Job ended = jobs.ended(jobs.described(request)
                            .set("status", end.name())
                            .set("started", request.sent())
                            .set("progress", 100)
                            .set("succeeded", AttributeValue.fromBool(succeeded))
                            .set("outcome", outcome.name())
                            .set("result", outcome.result())
                            .set("error", outcome.error()))
                    .to(client);
            Meters.jobEnded(ended.type(), ended.outcome());
            return ended;
        } catch (ConditionalCheckFailedException exists) {
            throw new RequestConflictException(request.id());
        }
    }

    private Job create(NewJob message) {
        return leased(jobs.fresh(message), 0)
                .set("steps", JobItemMapper.of(StepLog.ofNew(message.sent()), JobTable.FIRST_RUN))
                .set("owner", UUID.randomUUID().toString())
                .set("status", RUNNING.name())
                .set("started", clock.instant())
                .to(client);
    }

    private Optional<Job> take(Job job, NewJob message) {
        if (!message.isFor(job)) {
            throw new RequestConflictException(job.id());
        }
        if (job.status() == CANCELLED) {
            return Optional.of(job);
        }
        boolean stale = message.sequence() < job.sequence();
        if (job.status().isTerminal() || job.isLeased(clock.instant()) || (stale && job.status() != ANNOUNCING)) {
            return Optional.empty();
        }
        JobUpdate write = leased(jobs.write(job.id()), job.status() == ANNOUNCING ? job.sweeps() : 0)
                .set("owner", UUID.randomUUID().toString())
                .set("steps", JobItemMapper.of(StepLog.taken(job, clock.instant()), job.run()))
                .onlyIf(job.status())
                .onlyIf("owner", job.owner())
                .onlyIf("dueAt", job.dueAt());
        if (job.status() != ANNOUNCING) {
            write.set("status", RUNNING.name())
                    .set("attempt", message.sequence())
                    .setMessage(message.message());
        }
        if (job.started() == null) {
            write.set("started", clock.instant());
        }
        return Optional.of(write.to(client));
    }

    /** @param pauses number of sweeps without progress; each makes the pause longer */
    private JobUpdate leased(JobUpdate write, int pauses) {
        Instant until = clock.instant().plus(LEASE);
        return write.set("leaseUntil", until).set("dueAt", DueTimes.after(until, pauses));
    }

    /**
     * Renews the lease.
     *
     * @param progress 0 to 100
     * @param step last finished step, or null
     * @throws LeaseLostException if another process holds it
     * @throws JobCancelledException if the job was cancelled
     */
    public Job renew(Job job, int progress, String step) {
        boolean seen = progress > job.progress() || !Objects.equals(step, job.step());
        JobUpdate renewal = seen ? jobs.write(job.id()) : jobs.writeUnseen(job.id());
        return write(
                job,
                leased(renewal.onlyIf("owner", job.owner()), job.sweeps())
                        .set("progress", Math.max(progress, job.progress()))
                        .set("step", step)
                        .set("steps", JobItemMapper.of(job.steps(), job.run())));
    }

    /**
     * Releases the lease until a later message arrives.
     *
     * @param next the message that was sent
     * @param wake when it arrives
     */
    public Job await(Job job, JobRequest next, Instant wake) {
        Job waiting = write(
                job,
                owned(job, RUNNING)
                        .set("status", WAITING.name())
                        .set("steps", JobItemMapper.of(job.steps(), job.run()))
                        .set("attempt", next.sequence())
                        .setMessage(next.message())
                        .set("sweeps", 0)
                        .set("dueAt", DueTimes.afterMessage(wake))
                        .remove("owner", "leaseUntil"));
        Meters.attemptEnded(AttemptResult.WAITING);
        return waiting;
    }

    /**
     * Releases the lease because the message will be redelivered.
     *
     * @param again when it is redelivered
     */
    public Job redeliver(Job job, Instant again) {
        return write(
                job,
                jobs.write(job.id())
                        .onlyIf("owner", job.owner())
                        .set("steps", JobItemMapper.of(job.steps(), job.run()))
                        .set("dueAt", DueTimes.afterMessage(again))
                        .remove("owner", "leaseUntil"));
    }

    /** Stores the details of another service's work before that begins. */
    public Job keepDetails(Job job) {
        return write(job, owned(job, RUNNING).set("details", job.details()));
    }

    /**
     * Releases the lease while another service works on the job.
     *
     * @param job with the id of that service's job, its progress and details
     */
    public Job delegate(Job job) {
        Job waiting = write(
                job,
                owned(job, RUNNING)
                        .set("status", WAITING.name())
                        .set("steps", JobItemMapper.of(job.steps(), job.run()))
                        .set("progress", job.progress())
                        .set("engineId", job.engineId())
                        .set("details", job.details())
                        .set("sweeps", 0)
                        .set("dueAt", DueTimes.afterReport(clock.instant()))
                        .remove("owner", "leaseUntil"));
        Meters.attemptEnded(AttemptResult.WAITING);
        return waiting;
    }

    /**
     * Stores what another service reports of its work on a job. It changes no status.
     *
     * @param read the job as read before
     * @param reduce the job with that service's id, progress and details as reported; empty if the report changes
     *     nothing. It is called again with the newest job if that was written meanwhile
     */
    public void hear(Job read, Function<Job, Optional<Job>> reduce) {
        Job job = read;
        for (int race = 0; race < RACES; race++) {
            Job heard = reduce.apply(job).orElse(null);
            if (heard == null) {
                return;
            }
            try {
                report(job, heard).to(client);
                return;
            } catch (ConditionalCheckFailedException lost) {
                LOG.debug("lost a race for job {}", read.id(), lost);
                job = JobTable.current(lost).orElseThrow(() -> new JobNotFoundException(read.id()));
            }
        }
        LOG.debug("lost {} races for job {}", RACES, read.id());
    }

    private JobUpdate report(Job job, Job heard) {
        JobUpdate write = jobs.write(job.id())
                .onlyIf(job.status())
                .onlyIf("run", job.run())
                .onlyIf("owner", job.owner())
                .onlyIf("engineId", job.engineId())
                .onlyIf("details", job.details())
                .set("engineId", heard.engineId())
                .set("details", heard.details());
        // a process that works on the job writes its progress itself
        return job.status() == WAITING
                ? write.onlyIf("progress", job.progress())
                        .set("progress", heard.progress())
                        .set("sweeps", 0)
                        .set("dueAt", DueTimes.afterReport(clock.instant()))
                : write;
    }

    /**
     * Stores the outcome before it is published; nothing is planned, cut or cancelled afterwards.
     *
     * @param publications one per sink
     */
    public Job decide(Job job, JobOutcome outcome, boolean succeeded, List<Publication> publications) {
        Job decided = write(
                job,
                leased(owned(job, RUNNING), 0)
                        .set("status", ANNOUNCING.name())
                        .set("steps", JobItemMapper.of(job.steps(), job.run()))
                        .set("succeeded", AttributeValue.fromBool(succeeded))
                        .set("outcome", outcome.name())
                        .set("event", outcome.event())
                        .set("eventId", job.eventIdOfRun())
                        .set("publications", JobItemMapper.of(publications, job.eventIdOfRun()))
                        .set("result", outcome.result())
                        .set("error", outcome.error())
                        .set("sweeps", 0));
        Meters.attemptEnded(AttemptResult.DECIDED);
        return decided;
    }

    /** Stores the progress of the sinks. */
    public Job publish(Job job, List<Publication> publications) {
        return write(job, owned(job, ANNOUNCING).set("publications", JobItemMapper.of(publications, job.eventId())));
    }

    /** Closes the job after its publication. */
    public Job close(Job job) {
        JobStatus end = job.succeeded() ? JobStatus.DONE : JobStatus.FAILED;
        Job ended = write(
                job,
                jobs.ended(owned(job, ANNOUNCING).set("status", end.name()).set("progress", 100), job)
                        .set("steps", JobItemMapper.of(job.steps(), job.run()))
                        .remove("step"));
        Meters.jobEnded(job.type(), job.outcome());
        return ended;
    }

    private JobUpdate owned(Job job, JobStatus status) {
        return jobs.write(job.id()).onlyIf("owner", job.owner()).onlyIf(status);
    }

    private Job write(Job job, JobUpdate write) {
        try {
            return write.to(client);
        } catch (ConditionalCheckFailedException refused) {
            boolean cancelled = JobTable.current(refused)
                    .filter(now -> now.status() == CANCELLED)
                    .isPresent();
            throw cancelled ? new JobCancelledException(job.id()) : new LeaseLostException(job.id());
        }
    }
}
