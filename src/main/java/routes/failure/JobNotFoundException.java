package routes.failure;

/** There is no such job, or it is kept no longer. */
public final class JobNotFoundException extends RuntimeException {
    private final String jobId;

    public JobNotFoundException(String jobId) {
        super("there is no job " + jobId + ", or it is kept no longer");
        this.jobId = jobId;
    }

    public String jobId() {
        return jobId;
    }
}
