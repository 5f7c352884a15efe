package routes.jobs;

import static routes.jobs.JobStatus.ANNOUNCING;
import static routes.jobs.JobStatus.CANCELLED;
import static routes.jobs.JobStatus.FAILED;
import static routes.jobs.JobStatus.QUEUED;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;
import routes.failure.JobNotFoundException;
import routes.failure.RequestConflictException;
import routes.observe.Meters;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Commands of clients: create, cancel and retry a job. Each is one conditional write. */
@Component("jobCommands")
public class JobCommands {
    private static final Logger LOG = LoggerFactory.getLogger(JobCommands.class);
    private static final int RACES = 10;
    private static final Duration CAPPED = Duration.ofSeconds(30);

    private final JobTypeRegistry types;
    private final DynamoDbClient client;
    private final Clock clock;
    private final JobTable jobs;
    private final int mostOpen;

    public JobCommands(JobTypeRegistry types, DynamoDbClient client, Clock clock, Settings settings) {
        this.types = types;
        this.client = client;
        this.clock = clock;
        this.jobs = new JobTable(client, clock, settings);
        this.mostOpen = settings.api().openJobs();
    }

    /**
     * Writes the job of a request whose message is not sent yet; the sweep sends it otherwise.
     *
     * @return the existing job if the same request was written before
     * @throws RequestConflictException if the id belongs to another request
     * @throws ClientErrorException if the client has too many open jobs
     */
    public Job queue(NewJob request) {
        try {
            return jobs.opened(jobs.fresh(request), request.client(), mostOpen)
                    .set("status", QUEUED.name())
                    .set("dueAt", DueTimes.after(clock.instant(), 0))
                    .set("steps", JobItemMapper.of(StepLog.ofNew(request.sent()), JobTable.FIRST_RUN))
                    .to(client);
        } catch (ConditionalCheckFailedException exists) {
            return JobTable.current(exists)
                    .filter(request::isFor)
                    .orElseThrow(() -> new RequestConflictException(request.id()));
        } catch (OpenJobLimitException full) {
            LOG.debug("a request is refused", full);
            throw ClientErrorException.tooMany(
                    "you have " + mostOpen + " open jobs, which is the maximum per client", CAPPED);
        }
    }

    /**
     * Records that the message of a queued job was sent.
     *
     * @param until end of the message's retention
     */
    public void sent(Job job, Instant until) {
        try {
            jobs.writeUnseen(job.id())
                    .onlyIf(QUEUED)
                    .onlyIf("dueAt", job.dueAt())
                    .set("sentAt", clock.instant())
                    .set("dueAt", until)
                    .to(client);
        } catch (ConditionalCheckFailedException taken) {
            LOG.debug("job {} was taken before it was noted as sent", job.id(), taken);
        }
    }

    /**
     * Cancels a job unless its outcome is decided. A cancelled job stays cancelled.
     *
     * @throws JobNotFoundException if it is gone
     * @throws ClientErrorException if it is decided or has ended
     */
    public Job cancel(@Variable("job") Job read) {
        return change(
                read,
                "cancelled",
                job -> {
                    if (job.status() == CANCELLED) {
                        return Optional.empty();
                    }
                    boolean decided = job.status().isTerminal() || job.status() == ANNOUNCING;
                    return decided ? null : Optional.of(jobs.ended(as(job).set("status", CANCELLED.name()), job));
                },
                job -> Meters.jobEnded(job.type(), job.status().name()));
    }

    /**
     * Opens a failed or cancelled job for its next run; its message is not sent yet.
     *
     * @param caller that requests it
     * @throws JobNotFoundException if it is gone
     * @throws ClientErrorException if it is open or done, its type has no queue, or no retry can succeed
     */
    public Job retry(@Variable("job") Job read, @Variable("caller") String caller) {
        if (!types.isQueued(read)) {
            throw ClientErrorException.conflict("a job of this type is not retried: send its request again");
        }
        types.of(read).retryRefusal(read).ifPresent(reason -> {
            throw ClientErrorException.conflict("the job is not tried again: " + reason);
        });
        return change(
                read,
                "tried again",
                job -> job.status() == FAILED || job.status() == CANCELLED
                        ? Optional.of(jobs.opened(
                                nextRun(as(job).onlyIf("run", job.run()), job, caller), caller, JobTable.UNLIMITED))
                        : null,
                job -> {});
    }

    private JobUpdate nextRun(JobUpdate write, Job job, String caller) {
        return write.set("status", QUEUED.name())
                .set("run", job.run() + 1)
                .set("attempt", 0)
                .setMessage(types.of(job).firstMessage(job))
                .set("progress", 0)
                .set("sweeps", 0)
                .set("client", caller)
                .set("open", job.type())
                .set("openClient", caller)
                .set("dueAt", DueTimes.after(clock.instant(), 0))
                .set("steps", JobItemMapper.of(StepLog.ofNew(clock.instant()), job.run() + 1))
                .remove("started", "step", "sentAt", "succeeded", "outcome", "event", "eventId", "publications")
                .remove("result", "error", "refused", "ended", "ExpirationTime")
                .remove("engineId", "details");
    }

    private JobUpdate as(Job job) {
        return jobs.write(job.id()).onlyIf(job.status());
    }

    /**
     * @param read the job as read before
     * @param done completes "cannot be …" in the rejection
     * @param change null if the job's status does not allow it, empty if there is nothing to do
     * @param changed receives the written job, if there was something to do
     */
    private Job change(Job read, String done, Function<Job, Optional<JobUpdate>> change, Consumer<Job> changed) {
        Job job = read;
        for (int race = 0; race < RACES; race++) {
            Optional<JobUpdate> write = change.apply(job);
            if (write == null) {
                throw ClientErrorException.conflict("the job is " + job.status() + " and cannot be " + done);
            }
            if (write.isEmpty()) {
                return job;
            }
            try {
                Job written = write.get().to(client);
                changed.accept(written);
                return written;
            } catch (ConditionalCheckFailedException lost) {
                LOG.debug("lost a race for job {}", read.id(), lost);
                job = JobTable.current(lost)
                        .filter(found -> !found.isExpired(clock.instant()))
                        .orElseThrow(() -> new JobNotFoundException(read.id()));
            }
        }
        throw ClientErrorException.conflict("the job changes all the time; try again");
    }
}
