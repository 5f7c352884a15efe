package routes.jobs;

/**
 * Which jobs are listed.
 *
 * @param subject null for all
 * @param status null for all
 */
public record JobFilter(String subject, JobStatus status) {
    boolean takes(Job job) {
        return status == null || job.status() == status;
    }
}
