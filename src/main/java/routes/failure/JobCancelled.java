package routes.failure;

/** The job was cancelled while it ran; what was uploaded is deleted. */
public final class JobCancelled extends WorkStopped {
    public JobCancelled(String jobId) {
        super("job " + jobId + " was cancelled");
    }
}
