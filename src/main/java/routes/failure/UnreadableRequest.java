package routes.failure;

/** A message that is not a request at all, or one whose fields cannot be read: it becomes a dead letter. */
public final class UnreadableRequest extends RuntimeException {
    /** @param message names the field, its value and what is allowed */
    public UnreadableRequest(String message) {
        super(message);
    }

    public UnreadableRequest(String message, Throwable cause) {
        super(message, cause);
    }
}
