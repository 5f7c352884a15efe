package routes.fetch;

import java.nio.file.Path;
import routes.mp4.ByteRange;

/**
 * A byte range of a recording to fetch, to the same offsets in a workspace file.
 *
 * @param key in the origin bucket
 * @param etag required ETag of the object; null for the first request, whose response gives it
 */
public record RecordingPart(String key, Path file, String etag, ByteRange range) {
    /** @return value of the HTTP header {@code Range} */
    public String header() {
        return "bytes=" + range.from() + "-" + (range.to() - 1);
    }
}
