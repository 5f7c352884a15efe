package routes.failure;

/** ffmpeg was killed: it stalled, exceeded its deadline, or the system killed it. */
public final class FfmpegKilledException extends TransientException {
    public FfmpegKilledException(String message) {
        super(message, "decoding or encoding was ended before it was done");
    }
}
