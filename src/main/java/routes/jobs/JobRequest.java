package routes.jobs;

/** One request, as its type reads it from a message or from a client. */
public interface JobRequest {
    /** @return as {@link Identifier} allows */
    String jobId();

    /** @return what its job is listed by, such as a camera's id; null where there is none */
    String subject();

    /** @return JSON, equal for equal requests, whichever message they came in */
    String identity();

    /** @return which message of the job it came in: 0 for the first, one more each time the job waited */
    int sequence();

    /** @return a JSON object: what the message holds besides the request; only its type reads it */
    String message();
}
