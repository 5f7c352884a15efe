package routes.failure;

/** This process may no longer work on something. Whoever meets it ends at once and writes nothing. */
public abstract sealed class WorkStoppedException extends RuntimeException
        permits LeaseLostException,
                JobCancelledException,
                JobOverdueException,
                ServiceStoppingException,
                WorkTimedOutException {
    protected WorkStoppedException(String message) {
        super(message);
    }
}
