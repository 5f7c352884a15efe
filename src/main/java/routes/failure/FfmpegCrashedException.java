package routes.failure;

/** ffmpeg was ended by an error of its own, such as an access to memory that is not its. */
public final class FfmpegCrashedException extends TransientException {
    /** @param signal number, such as 11 */
    public FfmpegCrashedException(int signal) {
        super("ffmpeg crashed with signal " + signal, "decoding or encoding was ended before it was done");
    }
}
