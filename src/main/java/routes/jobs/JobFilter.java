package routes.jobs;

/**
 * Selects jobs of a list.
 *
 * @param type null for all
 * @param subject null for all
 * @param status null for all
 */
public record JobFilter(String type, String subject, JobStatus status) {
    boolean matches(Job job) {
        return (status == null || job.status() == status) && (type == null || type.equals(job.type()));
    }
}
