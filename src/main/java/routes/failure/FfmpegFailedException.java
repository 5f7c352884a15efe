package routes.failure;

/** A program ended by itself with an error. */
public final class FfmpegFailedException extends PermanentException {
    /** @param tail the last 8 KiB that it wrote to stderr, for the log only */
    public FfmpegFailedException(String tool, int exitValue, String tail) {
        super(tool + " ended with " + exitValue + ": " + tail.strip(), "the footage could not be decoded");
    }
}
