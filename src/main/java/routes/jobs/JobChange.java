package routes.jobs;

import java.time.Instant;

/**
 * The latest change of a job, from the index of changes.
 *
 * @param outcome null until it is decided
 */
public record JobChange(String jobId, Instant at, JobStatus status, String outcome) {}
