package routes.failure;

/** One attempt at the job took longer than it may; its message is given back, so that attempts are counted. */
public final class JobOverdueException extends WorkStoppedException {
    public JobOverdueException(String jobId) {
        super("this attempt at job " + jobId + " took too long");
    }
}
