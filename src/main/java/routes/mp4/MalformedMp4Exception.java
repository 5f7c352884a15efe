package routes.mp4;

/** A file whose sample tables are missing, cut off or contradict themselves. */
public final class MalformedMp4Exception extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean unfinished;

    MalformedMp4Exception(String message) {
        this(message, false);
    }

    private MalformedMp4Exception(String message, boolean unfinished) {
        // names of boxes come from the file
        super(message.replaceAll("\\P{Print}", "?"));
        this.unfinished = unfinished;
    }

    /** @return of a file that may still be written: it has no header yet, or is shorter than its boxes say */
    static MalformedMp4Exception unfinished(String message) {
        return new MalformedMp4Exception(message, true);
    }

    public boolean isUnfinished() {
        return unfinished;
    }
}
