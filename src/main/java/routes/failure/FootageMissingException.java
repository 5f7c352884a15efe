package routes.failure;

/** A recording that is listed but not whole in the bucket yet, or that changed while it was read: worth another try. */
public final class FootageMissingException extends RuntimeException {
    /** @param reason fit for strangers */
    public FootageMissingException(String reason) {
        super(reason);
    }
}
