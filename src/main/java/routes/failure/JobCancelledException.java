package routes.failure;

/** The job was cancelled while it ran; what was uploaded is deleted. */
public final class JobCancelledException extends WorkStoppedException {
    public JobCancelledException(String jobId) {
        super("job " + jobId + " was cancelled");
    }
}
