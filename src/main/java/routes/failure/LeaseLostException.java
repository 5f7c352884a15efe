package routes.failure;

/** The lease lapsed or another process holds it; what was uploaded is left to its new owner. */
public final class LeaseLostException extends WorkStoppedException {
    public LeaseLostException(String jobId) {
        super("the lease of job " + jobId + " is lost");
    }
}
