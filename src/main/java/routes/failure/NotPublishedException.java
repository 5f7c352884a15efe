package routes.failure;

/** A sink did not accept the document of a decided job this time. */
public final class NotPublishedException extends TransientException {
    public NotPublishedException(String sink, Throwable cause) {
        super(sink + " did not take the document: " + cause, sink + " did not take the outcome");
        initCause(cause);
    }
}
