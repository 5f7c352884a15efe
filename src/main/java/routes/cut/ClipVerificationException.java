package routes.cut;

/** A clip, or part of it, differs from the plan and must not be stored. */
final class ClipVerificationException extends Exception {
    private static final long serialVersionUID = 1;

    private final FallbackReason reason;

    ClipVerificationException(String message) {
        this(FallbackReason.VERIFICATION, message);
    }

    ClipVerificationException(FallbackReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** @return why more of the clip must be encoded */
    FallbackReason reason() {
        return reason;
    }
}
