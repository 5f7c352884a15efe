package routes.media.mp4;

/** A file whose sample tables are missing, cut off or contradict themselves. */
public final class BrokenMovie extends Exception {
    private static final long serialVersionUID = 1;

    BrokenMovie(String message) {
        super(message);
    }
}
