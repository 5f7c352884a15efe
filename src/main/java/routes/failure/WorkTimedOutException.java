package routes.failure;

import java.time.Duration;

/** Nobody waits for this work any longer. */
public final class WorkTimedOutException extends WorkStoppedException {
    public WorkTimedOutException(Duration time) {
        super("the work was not done within " + time.toMillis() + " ms");
    }
}
