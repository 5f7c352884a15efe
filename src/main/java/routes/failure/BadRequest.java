package routes.failure;

/** A request that can be read but never fulfilled; its job ends with FATAL_ERROR and this reason. */
public final class BadRequest extends RuntimeException {
    /** @param reason fit for strangers: names the field, its value and what is allowed */
    public BadRequest(String reason) {
        super(reason);
    }
}
