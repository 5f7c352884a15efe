package routes.transcode.mediaconvert;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import routes.failure.OneLine;
import routes.jobs.EngineJobIndex;
import routes.jobs.Job;
import routes.jobs.JobStore;
import routes.jobs.JobTypeRegistry;
import routes.jobs.PrefixClaims;
import routes.transcode.hls.OutputPath;
import routes.transcode.mediaconvert.EngineReducer.Action;
import software.amazon.awssdk.core.exception.SdkException;

/** Events of MediaConvert; each method is one step of a route. */
@Component("engineEvents")
@Conditional(MediaConvertSwitch.class)
public class EngineEvents {
    private static final Logger LOG = LoggerFactory.getLogger(EngineEvents.class);
    private static final int SHOWN = 100;

    private final MediaConvertJobs conversions;
    private final EngineJobIndex index;
    private final JobStore store;
    private final JobTypeRegistry types;
    private final PrefixClaims claims;
    private final Clock clock;

    EngineEvents(
            MediaConvertJobs conversions,
            EngineJobIndex index,
            JobStore store,
            JobTypeRegistry types,
            PrefixClaims claims,
            Clock clock) {
        this.conversions = conversions;
        this.index = index;
        this.store = store;
        this.types = types;
        this.claims = claims;
        this.clock = clock;
    }

    /**
     * Finds the job that an event is about. MediaConvert is asked if neither the event nor a job tells it, since the event
     * may be of an earlier run, or CreateJob may not be answered yet.
     *
     * @return the event with the id of the job; null if it is about none
     */
    public EngineReport identify(@Variable("report") EngineReport report) {
        if (report.jobId() != null) {
            return report;
        }
        EngineReport identified = index.find(report.engineId())
                .map(id -> report.about(id, 0))
                .or(() -> conversions.named(report.engineId()).map(named -> report.about(named.jobId(), named.run())))
                .orElse(null);
        if (identified == null) {
            LOG.info(
                    "an event of MediaConvert's job {} is dropped, since that works for no job",
                    OneLine.of(report.engineId(), SHOWN));
        }
        return identified;
    }

    /**
     * Keeps what the event reports, or stops what has to be stopped.
     *
     * @param job as read; null if there is none
     * @return the name of what is left to do: END, CLEAN, or any other for nothing
     * @throws UnknownEngineJobException if there is no job yet
     * @throws JobInUseException if the event has to wait for a process that works on it
     */
    public String reduce(@Variable("report") EngineReport report, @ExchangeProperty("converted") Job job) {
        if (job == null) {
            throw new UnknownEngineJobException(report.engineId());
        }
        Action action = EngineReducer.action(job, report, clock.instant());
        switch (action) {
            case KEEP, END -> store.hear(job, newest -> kept(newest, report));
            case WAIT -> throw new JobInUseException(job.id());
            case STOP -> conversions.cancel(report.engineId());
            default -> {
                // nothing to be written here
            }
        }
        return action.name();
    }

    /** @throws JobInUseException if a process has begun to work on the job since it was read */
    private Optional<Job> kept(Job newest, EngineReport report) {
        if (EngineReducer.action(newest, report, clock.instant()) == Action.WAIT) {
            throw new JobInUseException(newest.id());
        }
        return EngineReducer.reduced(newest, report);
    }

    /** @return the request of the job, as its queue has it */
    public String request(@ExchangeProperty("converted") Job job) {
        return types.message(job);
    }

    /** @return the removal of what the run that the event is about has stored */
    public LateRemoval.Message removal(
            @Variable("report") EngineReport report, @ExchangeProperty("converted") Job job) {
        if (EngineReducer.isOfEarlierRun(job, report)) {
            return new LateRemoval.Message(job.id(), report.run(), earlierPrefix(report));
        }
        List<String> prefixes = types.prefixes(job);
        return new LateRemoval.Message(job.id(), job.run(), prefixes.get(prefixes.size() - 1));
    }

    /** A job keeps the prefix of its current run only, and metadata may name any job: so a claim has to prove the prefix. */
    private String earlierPrefix(EngineReport report) {
        return conversions
                .prefix(report.engineId())
                .filter(prefix -> claims.isOf(prefix, report.jobId(), report.run()))
                .orElseGet(() -> OutputPath.of(report.jobId(), report.run()).prefix());
    }

    /** @return the job, for work on its objects */
    public Job unowned(@ExchangeProperty("converted") Job job) {
        return job.unowned();
    }

    /** Cancels MediaConvert's job of a job, if it has one. If that fails, the next event of it cancels it. */
    public void cancel(Job job) {
        if (job.engineId() == null) {
            return;
        }
        try {
            conversions.cancel(job.engineId());
        } catch (SdkException e) {
            LOG.warn("{}: MediaConvert's job {} is not cancelled yet: {}", job.id(), job.engineId(), e.toString());
        }
    }
}
