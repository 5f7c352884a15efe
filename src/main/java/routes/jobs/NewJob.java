package routes.jobs;

import java.time.Instant;

/**
 * The job data of a message or of a request over REST.
 *
 * @param subject key by which jobs are listed, such as the camera id
 * @param client that submitted it over REST; null for a message
 * @param title any text, shown only; null if none
 * @param request JSON, equal for equal requests
 * @param message JSON object: the rest of the message
 * @param sequence number of the job's message, from 0
 * @param sent when the message was sent, or the request received
 */
public record NewJob(
        String id,
        String type,
        String subject,
        String client,
        String title,
        String request,
        String message,
        int sequence,
        Instant sent) {
    /** Without a title. */
    public NewJob(
            String id,
            String type,
            String subject,
            String client,
            String request,
            String message,
            int sequence,
            Instant sent) {
        this(id, type, subject, client, null, request, message, sequence, sent);
    }

    /** @param client null for a message */
    public static NewJob of(JobType type, JobRequest request, String client, Instant sent) {
        return of(type, request, request.identity(), client, sent);
    }

    /** @return whether a job of this id belongs to the same request */
    boolean isFor(Job job) {
        return type.equals(job.type()) && request.equals(job.request());
    }

    static NewJob of(JobType type, JobRequest request, String identity, String client, Instant sent) {
        return new NewJob(
                request.jobId(),
                type.name(),
                request.subject(),
                client,
                request.title(),
                identity,
                request.message(),
                request.sequence(),
                sent);
    }
}
