package routes.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.failure.JobCancelledException;
import routes.failure.JobOverdueException;
import routes.failure.LeaseLostException;
import routes.failure.ServiceStoppingException;
import routes.failure.WorkStoppedException;
import routes.observe.Meters;
import routes.settings.Settings;

/** The leases of this process. A timer renews each every 20 s, or within a second after progress; great progress at once. */
@Component("leaseRegistry")
public class LeaseRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseRegistry.class);
    private static final Duration RENEW_AFTER = Duration.ofSeconds(20);
    /** Percent of progress that readers learn of at once. A job has at most 25 such writes. */
    private static final int GREAT = 4;

    private final Map<String, Lease> held = new ConcurrentHashMap<>();
    private final JobStore store;
    private final Clock clock;
    private final Duration deadline;
    private volatile boolean stopping;

    public LeaseRegistry(JobStore store, Clock clock, Settings settings) {
        this.store = store;
        this.clock = clock;
        this.deadline = Duration.ofSeconds(settings.jobs().deadline());
    }

    /** @param job just leased by this process, of a type that does not name its steps */
    public Lease hold(Job job) {
        return hold(job, List.of());
    }

    /**
     * @param job just leased by this process
     * @param steps names of the steps that its type reports, in order
     */
    Lease hold(Job job, List<String> steps) {
        Lease lease = new Lease(job, steps, clock, clock.instant().plus(deadline));
        held.put(job.owner(), lease);
        if (stopping) {
            stop(lease);
        }
        return lease;
    }

    public Optional<Lease> of(Job job) {
        return job == null || job.owner() == null ? Optional.empty() : Optional.ofNullable(held.get(job.owner()));
    }

    /**
     * @return the control of work on the job
     * @throws LeaseLostException if this process does not hold its lease
     */
    public WorkControl held(@Variable("job") Job job) {
        return of(job).orElseThrow(() -> new LeaseLostException(job.id()));
    }

    /** @return number of jobs at work in this process */
    public int count() {
        return held.size();
    }

    public void drop(Lease lease) {
        held.values().remove(lease);
    }

    /** Stops all work of this process, present and future. */
    void stopAll() {
        stopping = true;
        held.values().forEach(LeaseRegistry::stop);
    }

    private static void stop(Lease lease) {
        // a decided job is published in a moment; if it were stopped, it would be published twice
        if (lease.job().status() != JobStatus.ANNOUNCING) {
            lease.stop(new ServiceStoppingException(lease.job().id()));
        }
    }

    /** Writes the progress of a job if it is much greater than readers know. */
    public void reportProgress(@Variable("job") Job job) {
        of(job).filter(lease -> lease.progress() >= lease.job().progress() + GREAT)
                .ifPresent(lease -> renew(lease, clock.instant()));
    }

    /** Called once a second; except for great progress, a lease is not written more often. */
    public void renewAll() {
        held.values().forEach(this::renewIfNeeded);
    }

    /** Called once a second, so that a cancelled job ends immediately, not at the next renewal. */
    public void stopCancelled() {
        Map<String, Lease> byJob = new HashMap<>();
        held.values().forEach(lease -> byJob.put(lease.job().id(), lease));
        store.cancelled(byJob.keySet()).forEach(id -> byJob.get(id).stop(new JobCancelledException(id)));
    }

    private void renewIfNeeded(Lease lease) {
        Job job = lease.job();
        Instant now = clock.instant();
        boolean old = now.isAfter(job.leaseUntil().minus(JobStore.LEASE).plus(RENEW_AFTER));
        if (old || lease.progress() > job.progress()) {
            renew(lease, now);
        }
    }

    private void renew(Lease lease, Instant now) {
        Job job = lease.job();
        try {
            if (lease.isOverdue(now)) {
                throw new JobOverdueException(job.id());
            }
            // or else a slower write of less progress may come last
            synchronized (lease.writing()) {
                lease.written(store.renew(lease.current(), lease.progress(), lease.step()));
            }
        } catch (WorkStoppedException e) {
            // released meanwhile: the job was closed or its message returned between reading and renewing
            if (held.containsValue(lease)) {
                if (e instanceof LeaseLostException) {
                    Meters.leaseLost();
                }
                LOG.warn("{}: {}", job.id(), e.getMessage());
            }
            lease.stop(e);
        } catch (RuntimeException e) {
            LOG.warn("the lease of job {} could not be renewed: {}", job.id(), e.toString());
            if (!job.isLeased(now)) {
                Meters.leaseLost();
                lease.stop(new LeaseLostException(job.id()));
            }
        }
    }
}
