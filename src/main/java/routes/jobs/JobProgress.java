package routes.jobs;

import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells the job's reader and the log's how far a job is: one line a step. */
@Component("jobProgress")
public class JobProgress {
    private static final Logger LOG = LoggerFactory.getLogger("job");

    private final LeaseRegistry leases;

    JobProgress(LeaseRegistry leases) {
        this.leases = leases;
    }

    /**
     * @param what was done
     * @throws routes.failure.WorkStoppedException when this process may not go on with the job
     */
    public void report(Stage stage, String what, @Variable("job") Job job) {
        reportPercent(stage.percent(), what, job);
    }

    /**
     * Reports what is no stage of every job.
     *
     * @param percent 0 to 100
     * @param what was done
     * @throws routes.failure.WorkStoppedException when this process may not go on with the job
     */
    public void reportPercent(int percent, String what, @Variable("job") Job job) {
        leases.of(job).ifPresent(lease -> {
            lease.ensureHeld();
            lease.reached(percent, what);
        });
        LOG.info("{} {} %: {}", job.id(), percent, what);
    }
}
