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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.failure.JobCancelledException;
import routes.failure.LeaseLostException;
import routes.failure.RequestConflictException;
import routes.observe.Meters;
import routes.observe.Meters.AttemptEnd;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The jobs table as those see it who work on jobs. Every transition is one conditional write. An open job always has a
 * {@code dueAt}, after which the sweep sends its request again; so a message may be deleted once its job exists.
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

    /** @return the job, whether or not its time to be kept is over */
    public Optional<Job> find(String jobId) {
        return jobs.find(jobId);
    }

    /**
     * @param jobIds at most 100
     * @return those of them that are cancelled
     */
    Set<String> cancelled(Collection<String> jobIds) {
        return jobs.all(jobIds).stream()
                .filter(job -> job.status() == CANCELLED)
                .map(Job::id)
                .collect(Collectors.toSet());
    }

    /**
     * Takes the lease of a message's job, which is made where there is none.
     *
     * @return RUNNING: to be worked on; ANNOUNCING: only its announcement is left; empty: nothing to do, because the
     *     message is stale, the job has ended, or somebody works on it
     * @throws RequestConflictException when the id belongs to another request
     */
    public Optional<Job> open(NewJob message) {
        for (int race = 0; race < RACES; race++) {
            Optional<Job> known = find(message.id());
            try {
                return known.isEmpty() ? Optional.of(create(message)) : take(known.get(), message);
            } catch (ConditionalCheckFailedException lost) {
                LOG.debug("lost a race for job {}", message.id(), lost);
            }
        }
        return Optional.empty();
    }

    private Job create(NewJob message) {
        return leased(jobs.fresh(message), 0)
                .set("owner", UUID.randomUUID().toString())
                .set("status", RUNNING.name())
                .set("started", clock.instant())
                .to(client);
    }

    private Optional<Job> take(Job job, NewJob message) {
        if (!job.request().equals(message.request())) {
            throw new RequestConflictException(job.id());
        }
        boolean stale = message.retryTimestamps().size() < job.attempt();
        if (job.status().isTerminal() || job.isLeased(clock.instant()) || (stale && job.status() != ANNOUNCING)) {
            return Optional.empty();
        }
        JobUpdate write = leased(jobs.write(job.id()), job.status() == ANNOUNCING ? job.sweeps() : 0)
                .set("owner", UUID.randomUUID().toString())
                .onlyIf(job.status())
                .onlyIf("owner", job.owner())
                .onlyIf("dueAt", job.dueAt());
        if (job.status() != ANNOUNCING) {
            write.set("status", RUNNING.name())
                    .set("attempt", message.retryTimestamps().size())
                    .set("retryTimestamps", JobItemMapper.of(message.retryTimestamps()));
        }
        if (job.started() == null) {
            write.set("started", clock.instant());
        }
        Job taken = write.to(client);
        if (job.status() == ANNOUNCING && job.owner() != null) {
            // its owner went away while it told the outcome
            Meters.announcementResent();
        }
        return Optional.of(taken);
    }

    /** @param pauses how often the sweep already sent the request in vain, each time with a longer pause */
    private JobUpdate leased(JobUpdate write, int pauses) {
        Instant until = clock.instant().plus(LEASE);
        return write.set("leaseUntil", until).set("dueAt", DueTimes.after(until, pauses));
    }

    /**
     * Keeps the lease.
     *
     * @param progress 0 to 100
     * @param step what was done last, or null
     * @throws LeaseLostException when somebody else has it
     * @throws JobCancelledException when the job was cancelled
     */
    public Job renew(Job job, int progress, String step) {
        return write(
                job,
                leased(jobs.write(job.id()).onlyIf("owner", job.owner()), job.sweeps())
                        .set("progress", Math.max(progress, job.progress()))
                        .set("step", step));
    }

    /**
     * Drops the lease until footage may be there.
     *
     * @param next the retry timestamps of the message that was sent to wake it
     * @param wake when that message arrives
     */
    public Job await(Job job, List<Long> next, Instant wake) {
        Job waiting = write(
                job,
                owned(job, RUNNING)
                        .set("status", WAITING.name())
                        .set("attempt", next.size())
                        .set("retryTimestamps", JobItemMapper.of(next))
                        .set("sweeps", 0)
                        .set("dueAt", DueTimes.afterMessage(wake))
                        .remove("owner", "leaseUntil"));
        Meters.attemptEnded(AttemptEnd.WAITS);
        return waiting;
    }

    /**
     * Drops the lease because the message comes again.
     *
     * @param again when it comes
     */
    public Job giveBack(Job job, Instant again) {
        return write(
                job,
                jobs.write(job.id())
                        .onlyIf("owner", job.owner())
                        .set("dueAt", DueTimes.afterMessage(again))
                        .remove("owner", "leaseUntil"));
    }

    /** Fixes how the job ends, before anybody is told; nothing is planned, cut or cancelled after it. */
    public Job decide(Job job, JobOutcome ending) {
        Job decided = write(
                job,
                leased(owned(job, RUNNING), 0)
                        .set("status", ANNOUNCING.name())
                        .set("succeeded", AttributeValue.fromBool(ending.succeeded()))
                        .set("outcome", ending.outcome())
                        .set("event", ending.event())
                        .set("eventId", ending.eventId())
                        .set("result", ending.result())
                        .set("error", ending.error())
                        .set("sweeps", 0));
        Meters.attemptEnded(AttemptEnd.DECIDES);
        return decided;
    }

    /** Notes that the camera API refused the announcement for good. */
    public Job refused(Job job, int status) {
        return write(job, owned(job, ANNOUNCING).set("refused", status));
    }

    /** Ends the job after its announcement. */
    public Job close(Job job, JobStatus end) {
        Job ended = write(
                job,
                jobs.ended(owned(job, ANNOUNCING).set("status", end.name()).set("progress", 100))
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
            boolean cancelled =
                    refused.hasItem() && JobItemMapper.read(refused.item()).status() == CANCELLED;
            throw cancelled ? new JobCancelledException(job.id()) : new LeaseLostException(job.id());
        }
    }
}
