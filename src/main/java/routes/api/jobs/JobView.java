package routes.api.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import routes.aws.PresignedLinks;
import routes.jobs.JobStatus;

/**
 * What a client sees of a job, as in the contract.
 *
 * @param progress 0 to 100
 */
record JobView(
        String jobId,
        String type,
        JobStatus status,
        String outcome,
        int progress,
        String step,
        JsonNode request,
        int attempt,
        int run,
        Result result,
        Failure error,
        Instant askedAt,
        Instant startedAt,
        Instant nextLookAt,
        Instant endedAt,
        Links links) {
    record Result(
            PresignedLinks.Link clip, List<Thumbnail> thumbnails, Long durationInMs, JsonNode gaps, JsonNode cut) {}

    /** @param size width in pixels */
    record Thumbnail(int size, String url, String key, Instant expiresAt) {}

    record Failure(String code, String message) {}

    /** @param cancel null where it cannot be cancelled; likewise {@code retry} */
    record Links(String self, String cancel, String retry) {}
}
