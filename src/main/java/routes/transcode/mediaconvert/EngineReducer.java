package routes.transcode.mediaconvert;

import java.time.Instant;
import java.util.Optional;
import routes.jobs.Job;
import routes.jobs.JobStatus;

/**
 * What a report of MediaConvert means for a job. Reports arrive late, twice and in any order. See docs/decisions/0043.
 */
final class EngineReducer {
    private EngineReducer() {}

    /** What is to be done with a report. */
    enum Action {
        /** It is old, repeated, or of no interest. */
        DROP,
        /** Its progress or details are kept, and MediaConvert's id if the answer of CreateJob was lost. */
        KEEP,
        /** The job has the end of MediaConvert's, whose id is kept as well. */
        END,
        /** It is given back, since a process works on the job. */
        WAIT,
        /** The run has ended without a stream: MediaConvert must stop. */
        STOP,
        /** The run has ended without a stream: what MediaConvert stored until its end is removed. */
        CLEAN
    }

    /** @param job as read; not null */
    static Action action(Job job, EngineReport report, Instant now) {
        if (isOfEarlierRun(job, report)) {
            return report.isEnd() ? Action.CLEAN : Action.STOP;
        }
        if (!isOfThisRun(job, report)) {
            return Action.DROP;
        }
        return switch (job.status()) {
            case CANCELLED, FAILED -> report.isEnd() ? Action.CLEAN : Action.STOP;
            // the film's format may be reported after the end
            case DONE -> report.film() == null ? Action.DROP : keep(job, report);
            default -> {
                boolean isBusy = job.isLeased(now);
                if (report.isEnd()) {
                    yield isBusy ? Action.WAIT : Action.END;
                }
                if (isBusy) {
                    // the process that holds the lease writes the id and the details as it knows them
                    yield addsDetails(job, report) ? Action.WAIT : Action.DROP;
                }
                yield keep(job, report);
            }
        };
    }

    /** A run that was retried has no stream. It may not have known MediaConvert's job when it ended. */
    static boolean isOfEarlierRun(Job job, EngineReport report) {
        return job.id().equals(report.jobId())
                && report.run() > 0
                && report.run() < job.run()
                && !report.engineId().equals(job.engineId());
    }

    private static boolean addsDetails(Job job, EngineReport report) {
        EngineDetails before = EngineDetails.of(job.details());
        return !before.with(report).equals(before);
    }

    /** A job without an engine id is one for which MediaConvert's answer has not arrived yet, or was lost. */
    private static boolean isOfThisRun(Job job, EngineReport report) {
        if (job.engineId() != null) {
            return job.engineId().equals(report.engineId());
        }
        // before CreateJob the job has no details: a report that names it is none of ours
        return job.details() != null && job.id().equals(report.jobId()) && job.run() == report.run();
    }

    private static Action keep(Job job, EngineReport report) {
        return reduced(job, report).isPresent() ? Action.KEEP : Action.DROP;
    }

    /** @return the job with what the report adds; empty if that is nothing */
    static Optional<Job> reduced(Job job, EngineReport report) {
        if (!isOfThisRun(job, report) || isOver(job, report)) {
            return Optional.empty();
        }
        EngineDetails before = EngineDetails.of(job.details());
        EngineDetails after = before.with(report);
        boolean isFurther = job.status() == JobStatus.WAITING && report.progress() > job.progress();
        if (job.engineId() != null && after.equals(before) && !isFurther) {
            return Optional.empty();
        }
        return Optional.of(job.with(report.engineId(), isFurther ? report.progress() : job.progress(), after.text()));
    }

    private static boolean isOver(Job job, EngineReport report) {
        return switch (job.status()) {
            case CANCELLED, FAILED -> true;
            case DONE -> report.film() == null;
            default -> false;
        };
    }
}
