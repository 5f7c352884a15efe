package routes.jobs;

import java.time.Instant;
import java.util.List;

/**
 * One request and what is known of it, as read or written last.
 *
 * @param request the request as JSON without {@code retryTimestamps}; two requests are the same where it is equal
 * @param retryTimestamps of the message that is worked on or waited for, in ms since 1970
 * @param attempt how often footage was waited for
 * @param run counts explicit retries, from 1
 * @param asked when the first message was sent, or the instant of the POST
 * @param progress 0 to 100, never falls within a run
 * @param owner who holds the lease; null where nobody does
 * @param leaseUntil after it the job may be taken by anyone
 * @param dueAt when the sweep sends the request again; null once the job has ended
 * @param sweeps how often it was sent again since it last made headway
 * @param outcome null until it is decided
 * @param event the document that is announced; null until the outcome is decided
 * @param error a reason fit for strangers, or null
 */
public record Job(
        String id,
        String type,
        JobStatus status,
        String request,
        List<Long> retryTimestamps,
        int attempt,
        int run,
        Instant asked,
        int progress,
        String owner,
        Instant leaseUntil,
        Instant dueAt,
        int sweeps,
        String outcome,
        String event,
        String eventId,
        String error) {
    /** @return whether somebody works on it at this instant */
    public boolean isLeased(Instant now) {
        return owner != null && leaseUntil != null && leaseUntil.isAfter(now);
    }
}
