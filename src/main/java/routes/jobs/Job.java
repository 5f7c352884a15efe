package routes.jobs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One request and what is known of it, as read or written last.
 *
 * @param subject of the job where jobs are listed by it, such as the camera's id; null where it could not be read
 * @param client who asked for it over REST; null for a message of the queue
 * @param request the request as JSON that its type reads; two requests are the same where it is equal
 * @param message a JSON object: what the message that is worked on or waited for holds besides the request
 * @param sequence which message that is, from 0; one with a lower number is stale
 * @param run counts explicit retries, from 1
 * @param createdAt when the first message was sent, or the instant of the POST
 * @param sent when its message was sent for a request over REST, or null
 * @param started when this run was first worked on, or null
 * @param progress 0 to 100, never falls within a run
 * @param step what was done last, or null
 * @param owner who holds the lease; null where nobody does
 * @param leaseUntil after it the job may be taken by anyone
 * @param dueAt when the sweep sends the request again; null once the job has ended
 * @param sweeps how often it was sent again since it last made headway
 * @param outcome null until it is decided
 * @param succeeded whether the outcome is a success; false until it is decided
 * @param event the document that is published; null until the outcome is decided
 * @param publications one a sink, in their order; empty until the outcome is decided
 * @param result what was made, as JSON, or null
 * @param error a reason fit for strangers, or null
 * @param ended null while it is open
 * @param expires when it is kept no longer; null while it is open
 */
public record Job(
        String id,
        String type,
        String subject,
        String client,
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
        Instant ended,
        Instant expires) {
    Job with(JobStatus other) {
        return new Job(
                id,
                type,
                subject,
                client,
                other,
                request,
                message,
                sequence,
                run,
                createdAt,
                sent,
                started,
                progress,
                step,
                owner,
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
                ended,
                expires);
    }

    /** @return whether somebody works on it at this instant */
    public boolean isLeased(Instant now) {
        return owner != null && leaseUntil != null && leaseUntil.isAfter(now);
    }

    /** @return whether it is gone for readers, though the table may not have removed it yet */
    public boolean isExpired(Instant now) {
        return expires != null && !expires.isAfter(now);
    }

    /** @return when it goes on; null where it does not wait */
    public Instant wakesAt() {
        return status == JobStatus.WAITING ? DueTimes.arrival(dueAt) : null;
    }

    /** @return the id of what is published of this run's end, the same however often it is published */
    public String eventIdOfRun() {
        return UUID.nameUUIDFromBytes((id + "/" + run).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** @return for the first sink that has neither taken nor refused the document; null where there is none */
    public Publication nextPublication() {
        return publications.stream().filter(one -> !one.hasEnded()).findFirst().orElse(null);
    }
}
