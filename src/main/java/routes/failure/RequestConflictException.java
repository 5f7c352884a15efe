package routes.failure;

import java.util.List;

/** A request under the id of a job that was opened for another request; that job is left as it is. */
public final class RequestConflictException extends ClientErrorException {
    public RequestConflictException(String jobId) {
        this(jobId, List.of());
    }

    /** @param idField the field of a request that holds the id, as clients know it */
    public RequestConflictException(String jobId, String idField) {
        this(jobId, List.of(new InvalidField(idField, jobId, "a new id for a new request")));
    }

    private RequestConflictException(String jobId, List<InvalidField> fields) {
        super(422, "job " + jobId + " exists for another request; use a new id", fields);
    }
}
