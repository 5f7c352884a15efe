package routes.transcode.hls;

import java.nio.file.Path;

/**
 * A film to convert.
 *
 * @param file in the job's workspace, named as its recording 0, so that it does not count as output
 * @param inputFile key in the upload bucket
 * @param isPictureEncoded whether its picture was encoded here, so that its codec says nothing about the upload
 */
public record Film(Path file, String inputFile, long bytes, boolean isPictureEncoded) {
    /** An upload as it is. */
    public Film(Path file, String inputFile, long bytes) {
        this(file, inputFile, bytes, false);
    }

    /** @return file name within the workspace, for ffmpeg arguments */
    String name() {
        return file.getFileName().toString();
    }
}
