package routes.failure;

/** The lease lapsed or another process holds it; uploads are left to the new owner. */
public final class LeaseLostException extends WorkStoppedException {
    public LeaseLostException(String jobId) {
        super("the lease of job " + jobId + " is lost");
    }
}
