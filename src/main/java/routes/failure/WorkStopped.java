package routes.failure;

/** This process may no longer work on a job. Whoever meets it ends at once and writes nothing. */
public abstract sealed class WorkStopped extends RuntimeException
        permits LeaseLost, JobCancelled, JobOverdue, ServiceStopping {
    protected WorkStopped(String message) {
        super(message);
    }
}
