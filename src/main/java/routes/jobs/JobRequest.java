package routes.jobs;

/** A request, as its type reads it from a message or from a client. */
public interface JobRequest {
    /** @return valid according to {@link Identifier} */
    String jobId();

    /** @return the key by which its job is listed, such as a camera id; null if there is none */
    String subject();

    /** @return any text that the client chose, shown with the job only; null if there is none */
    default String title() {
        return null;
    }

    /** @return JSON, equal for equal requests, whichever message they came in */
    String identity();

    /** @return number of the message: 0 for the first, one more each time the job waited */
    int sequence();

    /** @return a JSON object: the rest of the message; only its type reads it */
    String message();
}
