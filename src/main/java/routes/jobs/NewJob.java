package routes.jobs;

import java.time.Instant;

/**
 * What a message, or a request over REST, says of its job.
 *
 * @param subject of the job where jobs are listed by it, such as the camera's id
 * @param client who asked over REST; null for a message
 * @param request JSON, equal for equal requests
 * @param message JSON object: what the message holds besides the request
 * @param sequence which message of the job it is, from 0
 * @param sent when the message was sent, or the request came
 */
public record NewJob(
        String id,
        String type,
        String subject,
        String client,
        String request,
        String message,
        int sequence,
        Instant sent) {
    /** @param client null for a message */
    public static NewJob of(JobType type, JobRequest request, String client, Instant sent) {
        return of(type, request, request.identity(), client, sent);
    }

    /** @return whether a job of this id is the same request's */
    boolean isFor(Job job) {
        return type.equals(job.type()) && request.equals(job.request());
    }

    static NewJob of(JobType type, JobRequest request, String identity, String client, Instant sent) {
        return new NewJob(
                request.jobId(),
                type.name(),
                request.subject(),
                client,
                identity,
                request.message(),
                request.sequence(),
                sent);
    }
}
