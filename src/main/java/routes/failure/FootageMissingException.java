package routes.failure;

/** A recording is listed but not complete in the bucket yet, or it changed while it was read. */
public final class FootageMissingException extends TransientException {
    public FootageMissingException(String message) {
        super(message, "a recording was not complete");
    }
}
