package routes.delivery;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.failure.NotPublishedException;
import routes.jobs.Job;
import routes.jobs.JobLifecycle;
import routes.jobs.JobTypeRegistry;
import routes.jobs.Publication;
import routes.observe.Meters;

/** Marks the progress of each sink on a decided job. See docs/decisions/0003. */
@Component("publisher")
public class Publisher {
    private final JobTypeRegistry types;
    private final JobLifecycle jobs;

    Publisher(JobTypeRegistry types, JobLifecycle jobs) {
        this.types = types;
        this.jobs = jobs;
    }

    /**
     * @param job decided, possibly by a version without sinks
     * @return it with all its sinks
     */
    public Job sinks(@Variable("job") Job job) {
        return job.publications().isEmpty() ? jobs.publishTo(job, types.of(job).sinks()) : job;
    }

    /** Marks the next sink before it is called. */
    public Job start(@Variable("job") Job job) {
        return jobs.publish(job, job.nextPublication().sending());
    }

    /** Marks the sink that accepted the document. */
    public Job accepted(@Variable("job") Job job) {
        Publication sent = job.nextPublication();
        Job marked = jobs.publish(job, sent.accepted());
        if (sent.isDoubtful()) {
            Meters.publicationResent();
        }
        return marked;
    }

    /**
     * Marks the sink that did not accept the document.
     *
     * @return the job, if the sink rejected it for good
     * @throws NotPublishedException if the sink may accept it later
     */
    public Job rejected(@Variable("job") Job job, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        Publication sent = job.nextPublication();
        SinkFailure failure = SinkFailure.of(cause);
        if (failure.isRefusal()) {
            return jobs.publish(job, sent.rejected(failure.reason()));
        }
        jobs.publish(job, sent.failed(failure.reason(), failure.mayBeAccepted()));
        throw new NotPublishedException(sent.sink(), cause);
    }
}
