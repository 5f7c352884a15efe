package routes.failure;

/** A request under the id of a job that was opened for another request; that job is left as it is. */
public final class RequestConflictException extends RuntimeException {
    public RequestConflictException(String jobId) {
        super("job " + jobId + " exists for another request; use a new id");
    }
}
