package routes.failure;

/** An {@code Idempotency-Key} was used before, and not for the same answer. */
public class IdempotencyConflictException extends RuntimeException {
    public enum Kind {
        OTHER_REQUEST,
        IN_PROGRESS
    }

    private final Kind kind;

    public IdempotencyConflictException(Kind kind) {
        super("the Idempotency-Key " + (kind == Kind.OTHER_REQUEST ? "was used for another request" : "is in use now"));
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
