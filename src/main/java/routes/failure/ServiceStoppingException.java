package routes.failure;

/** The service stops before the job is done; its message is given back for another process to take at once. */
public final class ServiceStoppingException extends WorkStoppedException {
    public ServiceStoppingException(String jobId) {
        super("the service stops before job " + jobId + " is done");
    }
}
