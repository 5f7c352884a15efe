package routes.jobs;

import java.time.Duration;
import java.time.Instant;

/** When the sweep sends a job's request again, unless the job makes progress before. */
final class DueTimes {
    /** Later than the lease's end, so that SQS redelivers first. */
    private static final Duration GRACE = Duration.ofSeconds(60);
    /** Later than the expected arrival of a message. */
    private static final Duration OVERDUE = Duration.ofMinutes(5);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int DOUBLINGS = 10;

    private DueTimes() {}

    /** @param sweeps number of sweeps without progress; each doubles the pause */
    static Instant after(Instant leaseOrSweep, int sweeps) {
        Duration pause = GRACE.multipliedBy(1L << Math.min(sweeps, DOUBLINGS));
        return leaseOrSweep.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    static Instant afterMessage(Instant arrives) {
        return arrives.plus(OVERDUE);
    }

    /** @param report of a service that works on the job */
    static Instant afterReport(Instant report) {
        return report.plus(OVERDUE);
    }

    /** The inverse of {@link #afterMessage}. */
    static Instant arrival(Instant dueAfterMessage) {
        return dueAfterMessage.minus(OVERDUE);
    }
}
