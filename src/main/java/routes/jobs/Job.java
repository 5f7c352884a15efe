package routes.jobs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The state of one request, as last read or written.
 *
 * @param subject key by which jobs of the type are listed, such as the camera id; null if it could not be read
 * @param client that submitted it over REST; null for a message of the queue
 * @param title any text that the client chose, shown only; null if none
 * @param request as JSON that its type reads; equal for equal requests
 * @param message a JSON object: the rest of the current message
 * @param sequence number of the current message, from 0; messages with a lower number are stale
 * @param run counts explicit retries, from 1
 * @param createdAt when the first message was sent, or the instant of the POST
 * @param sent when the message of a request over REST was sent, or null
 * @param started when this run was first worked on, or null
 * @param progress 0 to 100; never decreases within a run
 * @param step last finished step, or null
 * @param steps of this run; empty for a job of an earlier version
 * @param owner holder of the lease; null if there is none
 * @param leaseUntil after it any process may take the job
 * @param dueAt when the sweep sends the request again; null once the job has ended
 * @param sweeps number of sweeps since its last progress
 * @param outcome null until it is decided
 * @param succeeded whether the outcome is a success; false until it is decided
 * @param event the document to publish; null until the outcome is decided
 * @param publications one per sink, in their order; empty until the outcome is decided
 * @param result as JSON, or null
 * @param error public reason, or null
 * @param engineId of the job of another service that does the work; null if there is none
 * @param details of that work, as JSON that only its type reads; null if there are none
 * @param ended null while it is open
 * @param expires end of its retention; null while it is open
 */
public record Job(
        String id,
        String type,
        String subject,
        String client,
        String title,
        JobStatus status,
        String request,
        String message,
        int sequence,
        int run,
        Instant createdAt,
        Instant sent,
        Instant started,
        int progress,
        String step,
        List<JobStep> steps,
        String owner,
        Instant leaseUntil,
        Instant dueAt,
        int sweeps,
        String outcome,
        boolean succeeded,
        String event,
        String eventId,
        List<Publication> publications,
        String result,
        String error,
        String engineId,
        String details,
        Instant ended,
        Instant expires) {
    Job with(JobStatus other) {
        return copy(other, steps, owner, progress, engineId, details);
    }

    Job with(List<JobStep> others) {
        return copy(status, others, owner, progress, engineId, details);
    }

    /** @return for work on its objects only: whoever holds its lease keeps it */
    public Job unowned() {
        return copy(status, steps, null, progress, engineId, details);
    }

    /**
     * @param percent 0 to 100
     * @return the job as another service works on it; not written yet
     */
    public Job with(String otherEngineId, int percent, String otherDetails) {
        return copy(status, steps, owner, Math.max(progress, percent), otherEngineId, otherDetails);
    }

    private Job copy(
            JobStatus otherStatus,
            List<JobStep> otherSteps,
            String otherOwner,
            int otherProgress,
            String otherEngineId,
            String otherDetails) {
        return new Job(
                id,
                type,
                subject,
                client,
                title,
                otherStatus,
                request,
                message,
                sequence,
                run,
                createdAt,
                sent,
                started,
                otherProgress,
                step,
                otherSteps,
                otherOwner,
                leaseUntil,
                dueAt,
                sweeps,
                outcome,
                succeeded,
                event,
                eventId,
                publications,
                result,
                error,
                otherEngineId,
                otherDetails,
                ended,
                expires);
    }

    /** @return whether a process holds its lease at this instant */
    public boolean isLeased(Instant now) {
        return owner != null && leaseUntil != null && leaseUntil.isAfter(now);
    }

    /** @return whether its retention is over, even if the table has not removed it yet */
    public boolean isExpired(Instant now) {
        return expires != null && !expires.isAfter(now);
    }

    /** @return when it continues; null if it does not wait */
    public Instant nextCheckAt() {
        if (status != JobStatus.WAITING) {
            return null;
        }
        return engineId == null ? DueTimes.arrival(dueAt) : dueAt;
    }

    /** @return its steps; of a job that has ended, none runs, even if a process without knowledge of steps ended it */
    public List<JobStep> shownSteps() {
        if (!status.isTerminal()) {
            return steps;
        }
        return steps.stream()
                .filter(step -> !step.isRunning() || status == JobStatus.CANCELLED)
                .map(step -> step.isRunning() ? step.ended(ended) : step)
                .toList();
    }

    /** @return the id of the document of this run, the same for every publication */
    public String eventIdOfRun() {
        return UUID.nameUUIDFromBytes((id + "/" + run).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** @return of the first sink that has neither accepted nor rejected the document; null if there is none */
    public Publication nextPublication() {
        return publications.stream().filter(one -> !one.hasEnded()).findFirst().orElse(null);
    }
}
