package routes.failure;

/** ffmpeg ended with an error. */
public final class FfmpegFailedException extends PermanentException {
    /** @param tail the last 8 KiB of stderr, for the log only */
    public FfmpegFailedException(String tool, int exitValue, String tail) {
        super(tool + " ended with " + exitValue + ": " + tail.strip(), "the footage could not be decoded");
    }
}
