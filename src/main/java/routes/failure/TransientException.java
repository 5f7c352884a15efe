package routes.failure;

/** The same work may succeed later: its message is given back to the queue, and a request over REST is answered 503. */
public abstract class TransientException extends RuntimeException {
    protected TransientException(String message) {
        super(message);
    }
}
