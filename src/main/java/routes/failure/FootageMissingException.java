package routes.failure;

/** A recording that is listed but not whole in the bucket yet, or that changed while it was read. */
public final class FootageMissingException extends TransientException {
    public FootageMissingException(String message) {
        super(message);
    }
}
