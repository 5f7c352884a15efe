package routes.jobs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.observe.Meters;

/** All job types of this process. */
@Component("jobTypeRegistry")
public class JobTypeRegistry {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,40}");

    private final Map<String, JobType> byName = new TreeMap<>();

    public JobTypeRegistry(List<JobType> types) {
        for (JobType type : types) {
            String name = type.name();
            if (!NAME.matcher(name).matches() || byName.put(name, type) != null) {
                throw new IllegalStateException(
                        "job type '" + name + "' of " + type.getClass().getName()
                                + ": it must be lower-case letters, digits and '-', and of one type only");
            }
            List<String> outcomes = new ArrayList<>(
                    type.outcomes().stream().map(JobType.Outcome::name).toList());
            outcomes.add(JobStatus.CANCELLED.name());
            Meters.registerOutcomes(name, outcomes);
        }
    }

    public Collection<JobType> all() {
        return byName.values();
    }

    /** @return the types whose jobs wait for a worker */
    public List<QueuedJobType> queued() {
        return byName.values().stream()
                .filter(QueuedJobType.class::isInstance)
                .map(QueuedJobType.class::cast)
                .toList();
    }

    /** @return empty for a type that only another version knows */
    public Optional<JobType> find(Job job) {
        return Optional.ofNullable(byName.get(job.type()));
    }

    /** @return whether jobs of its type wait for a worker */
    public boolean isQueued(Job job) {
        return byName.get(job.type()) instanceof QueuedJobType;
    }

    /** @return the type of a job that is worked on */
    public QueuedJobType of(Job job) {
        return named(job.type());
    }

    /** @return the queued type of this name */
    public QueuedJobType named(String name) {
        if (byName.get(name) instanceof QueuedJobType type) {
            return type;
        }
        throw new IllegalArgumentException("no queued job type '" + name + "'; there are " + byName.keySet());
    }

    /** @return the message of the job's current attempt */
    public String message(@Variable("job") Job job) {
        return of(job).write(job.request(), job.message());
    }

    /** @return the keys of all objects that may have been stored for the job; none if its type is unknown */
    public List<String> objects(@Variable("job") Job job) {
        return find(job).map(type -> type.objects(job)).orElse(List.of());
    }

    /** @return the prefixes of all objects that may have been stored for the job; none if its type is unknown */
    public List<String> prefixes(@Variable("job") Job job) {
        return find(job).map(type -> type.prefixes(job)).orElse(List.of());
    }

    /** @return whether the job failed after it may have stored objects below a prefix */
    public boolean leavesObjects(@Variable("job") Job job) {
        return !job.succeeded() && !prefixes(job).isEmpty();
    }

    /** Stops what another service still does for a cancelled job. */
    public void stop(@Variable("job") Job job) {
        find(job).ifPresent(type -> type.stop(job));
    }

    /** @return whether objects may still be stored after the job has been cancelled or has failed */
    public boolean storesLate(@Variable("job") Job job) {
        return find(job).filter(type -> type.storesLate(job)).isPresent();
    }

    /** Forgets what else was kept for a cancelled or failed job. */
    public void forget(@Variable("job") Job job) {
        find(job).ifPresent(type -> type.forget(job));
    }
}
