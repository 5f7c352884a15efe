package routes.failure;

/** Footage that is there but that no clip can be made of. */
public final class FootageUnusable extends RuntimeException {
    /** @param reason fit for strangers */
    public FootageUnusable(String reason) {
        super(reason);
    }
}
