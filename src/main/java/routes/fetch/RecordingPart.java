package routes.fetch;

import java.nio.file.Path;
import routes.mp4.ByteRange;

/**
 * Bytes of a recording on their way into a workspace, where they lie at their own offsets.
 *
 * @param key in the origin bucket
 * @param etag of the object that the bytes must belong to; null for the first, which tells it
 */
public record RecordingPart(String key, Path file, String etag, ByteRange range) {
    /** @return the value of the HTTP header {@code Range} */
    public String header() {
        return "bytes=" + range.from() + "-" + (range.to() - 1);
    }
}
