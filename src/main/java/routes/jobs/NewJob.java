package routes.jobs;

import java.time.Instant;
import java.util.List;

/**
 * What a message, or a request over REST, says of its job.
 *
 * @param subject of the job where jobs are listed by it, such as the camera's id
 * @param client who asked over REST; null for a message
 * @param request as JSON without {@code retryTimestamps}
 * @param sent when the message was sent, or the request came
 */
public record NewJob(
        String id,
        String type,
        String subject,
        String client,
        String request,
        List<Long> retryTimestamps,
        Instant sent) {}
