package routes.failure;

/** A program that was ended from outside: it stalled, passed its deadline, or the system killed it. */
public final class FfmpegKilledException extends TransientException {
    public FfmpegKilledException(String message) {
        super(message);
    }
}
