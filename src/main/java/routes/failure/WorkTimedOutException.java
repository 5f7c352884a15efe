package routes.failure;

import java.time.Duration;

/** The time limit of this work is over; a request over REST is answered with 504. */
public final class WorkTimedOutException extends WorkStoppedException {
    public WorkTimedOutException(Duration time) {
        super("the work was not done within " + time.toMillis() + " ms");
    }
}
