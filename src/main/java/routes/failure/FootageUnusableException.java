package routes.failure;

/** The recordings exist, but no clip can be made of them. */
public final class FootageUnusableException extends PermanentException {
    /** @param reason without internal details */
    public FootageUnusableException(String reason) {
        super(reason);
    }
}
