package routes.failure;

/** A retry may succeed: the message is returned to the queue, and a request over REST is answered with 503. */
public abstract class TransientException extends RuntimeException {
    protected TransientException(String message) {
        super(message);
    }
}
