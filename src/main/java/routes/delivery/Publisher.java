package routes.delivery;

import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.jobs.Job;
import routes.jobs.JobLifecycle;
import routes.jobs.JobTypes;
import routes.jobs.Publication;
import routes.observe.Meters;

/** Marks on a decided job how far each sink is with its document. */
@Component("publisher")
public class Publisher {
    private final JobTypes types;
    private final JobLifecycle jobs;

    Publisher(JobTypes types, JobLifecycle jobs) {
        this.types = types;
        this.jobs = jobs;
    }

    /**
     * @param job decided, perhaps by a version that knew no sinks
     * @return it with all its sinks
     */
    public Job sinks(@Variable("job") Job job) {
        return job.publications().isEmpty() ? jobs.publishTo(job, types.of(job).sinks()) : job;
    }

    /** @param next the sink that is sent to next, as it was before */
    public Job start(@Variable("job") Job job, @Variable("publication") Publication next) {
        return jobs.publish(job, next.sending());
    }

    /**
     * @param before the sink as it was before it was sent to
     * @param refusal why it will never take the document, fit for strangers; null where it took it
     */
    public Job finish(
            @Variable("job") Job job,
            @Variable("publication") Publication before,
            @Variable("refusal") String refusal) {
        Publication sent = before.sending();
        Job marked = jobs.publish(job, refusal == null ? sent.taken() : sent.refused(refusal));
        if (before.status() == Publication.Status.SENDING) {
            // whoever sent it before went away, or got no answer: it may have been taken then
            Meters.announcementResent();
        }
        return marked;
    }
}
