package routes.failure;

import java.util.List;

/** There is no such job, or its retention is over. */
public final class JobNotFoundException extends ClientErrorException {
    private final String jobId;

    public JobNotFoundException(String jobId) {
        super(404, "there is no job " + jobId + ", or it is kept no longer", List.of());
        this.jobId = jobId;
    }

    public String jobId() {
        return jobId;
    }
}
