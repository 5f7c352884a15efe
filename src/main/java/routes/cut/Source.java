package routes.cut;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A recording that is fetched, or being fetched, into a workspace.
 *
 * @param file local file of the recording
 * @param etag of the object whose length and tables were read; later requests require the same
 * @param start of the recording, UTC
 * @param end of the recording according to the listing, exclusive, UTC
 * @param from start of the requested interval, inclusive, UTC
 * @param to end of the requested interval, exclusive, UTC
 */
public record Source(
        String key, Path file, long bytes, String etag, Instant start, Instant end, Instant from, Instant to) {
    /** @return file name within the workspace, for ffmpeg arguments */
    public String name() {
        return file.getFileName().toString();
    }
}
