package routes.jobs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Selects jobs of a list.
 *
 * @param type null for all
 * @param subject null for all
 * @param statuses empty for all
 * @param from earliest creation time, inclusive; null for all
 * @param to latest creation time, exclusive; null for all
 */
public record JobFilter(String type, String subject, Set<JobStatus> statuses, Instant from, Instant to) {
    public JobFilter {
        statuses = Set.copyOf(statuses);
    }

    boolean matches(Job job) {
        return (statuses.isEmpty() || statuses.contains(job.status())) && (type == null || type.equals(job.type()));
    }

    /** @return whether no job that has ended matches */
    boolean isOfOpenJobs() {
        return !statuses.isEmpty() && statuses.stream().noneMatch(JobStatus::isTerminal);
    }

    /** @return the first millisecond of the interval */
    Instant first() {
        return from == null ? Instant.EPOCH : roundedUp(from);
    }

    /** @return the last millisecond of the interval, at most the given one */
    Instant last(Instant latest) {
        Instant last = to == null ? latest : roundedUp(to).minusMillis(1);
        return last.isBefore(latest) ? last : latest;
    }

    private static Instant roundedUp(Instant instant) {
        Instant whole = instant.truncatedTo(ChronoUnit.MILLIS);
        return whole.equals(instant) ? whole : whole.plusMillis(1);
    }
}
