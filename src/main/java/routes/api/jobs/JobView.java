package routes.api.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import routes.jobs.JobStatus;
import routes.jobs.JobStep;
import routes.jobs.Publication;

/**
 * A job as clients get it, as in the contract.
 *
 * @param progress percent, 0 to 100
 * @param steps null for a job of an earlier version
 * @param publications null until the outcome is decided
 * @param result specific to the job type; null if there is none
 */
record JobView(
        String jobId,
        String type,
        String title,
        JobStatus status,
        String outcome,
        int progress,
        String step,
        List<JobStep> steps,
        JsonNode request,
        int waits,
        int run,
        List<Publication> publications,
        Object result,
        Failure error,
        Instant createdAt,
        Instant startedAt,
        Instant nextCheckAt,
        Instant deadlineAt,
        Instant endedAt,
        Links links) {
    record Failure(String code, String message) {}

    /**
     * @param cancel null if the job cannot be cancelled
     * @param retry null if the job cannot be retried
     */
    record Links(String self, String cancel, String retry) {}
}
