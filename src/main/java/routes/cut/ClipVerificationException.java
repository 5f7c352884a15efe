package routes.cut;

/** A clip, or a part of it, that is not what was planned: it must not be stored. */
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

    /** @return why the clip is to be encoded as a whole */
    FallbackReason reason() {
        return reason;
    }
}
