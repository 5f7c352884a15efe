package routes.failure;

/** An attempt at the job exceeded its deadline. Its message is returned to the queue, so that attempts are counted. */
public final class JobOverdueException extends WorkStoppedException {
    public JobOverdueException(String jobId) {
        super("this attempt at job " + jobId + " took too long");
    }
}
