package routes.mp4;

/** The sample tables of a file are missing, truncated or contradictory. */
public final class MalformedMp4Exception extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean unfinished;

    MalformedMp4Exception(String message) {
        this(message, false);
    }

    private MalformedMp4Exception(String message, boolean unfinished) {
        // box names come from the file
        super(message.replaceAll("\\P{Print}", "?"));
        this.unfinished = unfinished;
    }

    /** @return whether the file may still be being written: it has no header yet, or is shorter than its boxes */
    static MalformedMp4Exception unfinished(String message) {
        return new MalformedMp4Exception(message, true);
    }

    public boolean isUnfinished() {
        return unfinished;
    }
}
