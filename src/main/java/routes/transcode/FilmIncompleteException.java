package routes.transcode;

import routes.failure.TransientException;

/** The download of a film ended early. */
final class FilmIncompleteException extends TransientException {
    FilmIncompleteException(String message) {
        super(message, "the film could not be fetched whole");
    }
}
