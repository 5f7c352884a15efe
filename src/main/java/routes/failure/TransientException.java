package routes.failure;

/** A retry may succeed: the message is returned to the queue, and a request over REST is answered with 503. */
public abstract class TransientException extends RuntimeException {
    private final String publicReason;

    protected TransientException(String message) {
        this(message, "a temporary failure; see the log of the service");
    }

    /**
     * @param message for the log
     * @param publicReason without names of hosts, buckets, paths or tools
     */
    protected TransientException(String message, String publicReason) {
        super(message);
        this.publicReason = publicReason;
    }

    /** @return the reason for clients */
    public String publicReason() {
        return publicReason;
    }
}
