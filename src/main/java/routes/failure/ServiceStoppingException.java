package routes.failure;

/** The service stops before the job is done; its message is returned to the queue immediately. */
public final class ServiceStoppingException extends WorkStoppedException {
    public ServiceStoppingException(String jobId) {
        super("the service stops before job " + jobId + " is done");
    }
}
