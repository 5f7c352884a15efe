package routes.transcode.hls;

import java.nio.file.Path;

/**
 * A finished file of ffmpeg that is not stored yet.
 *
 * @param number of the segment; {@link #INIT} for an initialization segment
 * @param start of its first frame in microseconds on ffmpeg's timeline; 0 for an initialization segment
 * @param micros duration in microseconds; 0 for an initialization segment
 */
public record ClearFile(Rendition rendition, int number, long start, long micros, Path file) {
    static final int INIT = -1;

    boolean isInit() {
        return number == INIT;
    }
}
