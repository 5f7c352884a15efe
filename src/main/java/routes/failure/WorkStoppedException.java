package routes.failure;

/** This process must not continue its work. The code that receives it ends immediately and writes nothing. */
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
