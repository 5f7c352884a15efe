package routes.jobs;

import java.time.Instant;
import java.util.List;

/**
 * One request and what is known of it, as read or written last.
 *
 * @param subject of the job where jobs are listed by it, such as the camera's id; null where it could not be read
 * @param client who asked for it over REST; null for a message of the queue
 * @param request the request as JSON without {@code retryTimestamps}; two requests are the same where it is equal
 * @param retryTimestamps of the message that is worked on or waited for, in ms since 1970
 * @param attempt how often footage was waited for
 * @param run counts explicit retries, from 1
 * @param asked when the first message was sent, or the instant of the POST
 * @param sent when its message was sent for a request over REST, or null
 * @param started when this run was first worked on, or null
 * @param progress 0 to 100, never falls within a run
 * @param step what was done last, or null
 * @param owner who holds the lease; null where nobody does
 * @param leaseUntil after it the job may be taken by anyone
 * @param dueAt when the sweep sends the request again; null once the job has ended
 * @param sweeps how often it was sent again since it last made headway
 * @param outcome null until it is decided
 * @param event the document that is announced; null until the outcome is decided
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
        List<Long> retryTimestamps,
        int attempt,
        int run,
        Instant asked,
        Instant sent,
        Instant started,
        int progress,
        String step,
        String owner,
        Instant leaseUntil,
        Instant dueAt,
        int sweeps,
        String outcome,
        String event,
        String eventId,
        String result,
        String error,
        Instant ended,
        Instant expires) {
    /** @return whether somebody works on it at this instant */
    public boolean isLeased(Instant now) {
        return owner != null && leaseUntil != null && leaseUntil.isAfter(now);
    }

    /** @return whether it is gone for readers, though the table may not have removed it yet */
    public boolean isExpired(Instant now) {
        return expires != null && !expires.isAfter(now);
    }

    /** @return when footage is looked for again; null where it does not wait */
    public Instant nextLook() {
        return status == JobStatus.WAITING ? DueTimes.arrival(dueAt) : null;
    }
}
