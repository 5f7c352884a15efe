package routes.api.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import routes.jobs.JobStatus;
import routes.jobs.Publication;

/**
 * What a client sees of a job, as in the contract.
 *
 * @param progress 0 to 100
 * @param publications null until the outcome is decided
 * @param result as the job's type shows it; null where nothing was made
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
        List<Publication> publications,
        Object result,
        Failure error,
        Instant createdAt,
        Instant startedAt,
        Instant nextCheckAt,
        Instant endedAt,
        Links links) {
    record Failure(String code, String message) {}

    /** @param cancel null where it cannot be cancelled; likewise {@code retry} */
    record Links(String self, String cancel, String retry) {}
}
