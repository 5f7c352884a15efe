package routes.jobs;

import java.time.Instant;
import routes.failure.OneLine;

/**
 * A step of a job, as its latest try left it.
 *
 * @param name at most 100 characters
 * @param endedAt null while it runs
 * @param tries 1, and one more for each failure that was followed by another try
 * @param failed whether the latest try failed
 * @param lastError public reason of the last failure, at most 200 characters, or null
 */
public record JobStep(String name, Instant startedAt, Instant endedAt, int tries, boolean failed, String lastError) {
    private static final int LONGEST_NAME = 99;
    private static final int LONGEST_ERROR = 199;

    public JobStep {
        name = OneLine.of(name, LONGEST_NAME);
        lastError = lastError == null ? null : OneLine.of(lastError, LONGEST_ERROR);
    }

    static JobStep started(String name, Instant since) {
        return new JobStep(name, since, null, 1, false, null);
    }

    boolean isRunning() {
        return endedAt == null;
    }

    /** @return its next try; the same one if the latest did not fail */
    JobStep again(Instant since) {
        return new JobStep(name, since, null, failed ? tries + 1 : tries, false, lastError);
    }

    JobStep ended(Instant now) {
        return new JobStep(name, startedAt, now, tries, false, lastError);
    }

    JobStep failed(Instant now, String error) {
        return new JobStep(name, startedAt, now, tries, true, error);
    }
}
