package routes.media;

/** A clip, or a part of it, that is not what was planned: it must not be stored. */
final class DoubtfulClip extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    DoubtfulClip(String message) {
        this(Reason.SELF_CHECK, message);
    }

    DoubtfulClip(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** @return why the clip is to be encoded as a whole */
    Reason reason() {
        return reason;
    }
}
