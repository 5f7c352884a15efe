package routes.transcode.hls;

/** Ends ffmpeg, since what is stored of an earlier attempt does not fit to what it writes. */
final class RestartedException extends RuntimeException {
    RestartedException() {
        super("the conversion begins again");
    }
}
