package routes.failure;

import java.util.List;

/** A request with the id of a job that was opened for another request. That job is left unchanged. */
public final class RequestConflictException extends ClientErrorException {
    public RequestConflictException(String jobId) {
        this(jobId, List.of());
    }

    /** @param idField name of the request's id field, as clients know it */
    public RequestConflictException(String jobId, String idField) {
        this(jobId, List.of(new InvalidField(idField, jobId, "a new id for a new request")));
    }

    private RequestConflictException(String jobId, List<InvalidField> fields) {
        super(422, "job " + jobId + " exists for another request; use a new id", fields);
    }
}
