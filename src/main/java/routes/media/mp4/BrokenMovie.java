package routes.media.mp4;

/** A file whose sample tables are missing, cut off or contradict themselves. */
public final class BrokenMovie extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean unfinished;

    BrokenMovie(String message) {
        this(message, false);
    }

    private BrokenMovie(String message, boolean unfinished) {
        // names of boxes come from the file
        super(message.replaceAll("\\P{Print}", "?"));
        this.unfinished = unfinished;
    }

    /** @return of a file that may still be written: it has no header yet, or is shorter than its boxes say */
    static BrokenMovie unfinished(String message) {
        return new BrokenMovie(message, true);
    }

    public boolean isUnfinished() {
        return unfinished;
    }
}
