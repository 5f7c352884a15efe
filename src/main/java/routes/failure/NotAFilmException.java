package routes.failure;

/** An uploaded file holds neither pictures nor sound that can be decoded. */
public final class NotAFilmException extends PermanentException {
    public NotAFilmException() {
        this("the file is not a film: it holds neither video nor sound that can be decoded");
    }

    /** @param reason without internal details */
    public NotAFilmException(String reason) {
        super(reason);
    }
}
