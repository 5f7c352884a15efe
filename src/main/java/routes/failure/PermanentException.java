package routes.failure;

/** A retry would fail in the same way: the job fails now, and a request over REST is answered with 502. */
public abstract class PermanentException extends RuntimeException {
    private final String publicReason;

    /** @param publicReason without internal details; also the message */
    protected PermanentException(String publicReason) {
        this(publicReason, publicReason);
    }

    /**
     * @param message for the log
     * @param publicReason without names of hosts, buckets, paths or tools
     */
    protected PermanentException(String message, String publicReason) {
        super(message);
        this.publicReason = publicReason;
    }

    /** @return the reason for clients */
    public String publicReason() {
        return publicReason;
    }
}
