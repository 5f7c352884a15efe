package routes.failure;

/** Footage that is there but that no clip can be made of. */
public final class FootageUnusableException extends PermanentException {
    /** @param reason fit for strangers */
    public FootageUnusableException(String reason) {
        super(reason);
    }
}
