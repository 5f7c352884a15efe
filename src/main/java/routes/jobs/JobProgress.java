package routes.jobs;

import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reports the progress of a job to its readers and to the log, one line per step. */
@Component("jobProgress")
public class JobProgress {
    private static final Logger LOG = LoggerFactory.getLogger("job");

    private final LeaseRegistry leases;

    JobProgress(LeaseRegistry leases) {
        this.leases = leases;
    }

    /**
     * @param step describes the finished step
     * @throws routes.failure.WorkStoppedException if this process must stop working on the job
     */
    public void report(Stage stage, String step, @Variable("job") Job job) {
        reportPercent(stage.percent(), step, job);
    }

    /**
     * Reports a step that is not a stage of every job.
     *
     * @param percent 0 to 100
     * @param step describes the finished step
     * @throws routes.failure.WorkStoppedException if this process must stop working on the job
     */
    public void reportPercent(int percent, String step, @Variable("job") Job job) {
        int progress =
                leases.of(job).map(lease -> reached(lease, percent, step)).orElse(percent);
        LOG.info("{} {} %: {}", job.id(), progress, step);
    }

    /** @return the progress of the job, which is further if an earlier try or another service came further */
    private static int reached(Lease lease, int percent, String step) {
        lease.ensureHeld();
        lease.reached(percent, step);
        return lease.progress();
    }
}
