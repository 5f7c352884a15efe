package routes.jobs;

import java.time.Instant;
import java.util.List;

/**
 * What a message says of its job.
 *
 * @param subject of the job where jobs are listed by it, such as the camera's id
 * @param request as JSON without {@code retryTimestamps}
 * @param sent when the message was sent
 */
public record NewJob(
        String id, String type, String subject, String request, List<Long> retryTimestamps, Instant sent) {}
