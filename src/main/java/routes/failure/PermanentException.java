package routes.failure;

/** Another try would fail alike: the job ends now, and a request over REST is answered 502. */
public abstract class PermanentException extends RuntimeException {
    private final String publicReason;

    /** @param publicReason fit for strangers; it is the message as well */
    protected PermanentException(String publicReason) {
        this(publicReason, publicReason);
    }

    /**
     * @param message for the log
     * @param publicReason fit for strangers: without names of hosts, buckets, paths or tools
     */
    protected PermanentException(String message, String publicReason) {
        super(message);
        this.publicReason = publicReason;
    }

    /** @return fit for strangers */
    public String publicReason() {
        return publicReason;
    }
}
