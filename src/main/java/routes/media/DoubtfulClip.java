package routes.media;

/** A clip, or a part of it, that is not what was planned: it must not be stored. */
final class DoubtfulClip extends Exception {
    private static final long serialVersionUID = 1;

    DoubtfulClip(String message) {
        super(message);
    }
}
