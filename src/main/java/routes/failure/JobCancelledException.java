package routes.failure;

/** The job was cancelled while it ran; its uploads are removed. */
public final class JobCancelledException extends WorkStoppedException {
    public JobCancelledException(String jobId) {
        super("job " + jobId + " was cancelled");
    }
}
