package routes.cut;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A recording on its way into a workspace, and what the clip takes of it.
 *
 * @param file where it lies once it is fetched
 * @param etag of the object that was measured; what is fetched must be the same
 * @param start of the recording, UTC
 * @param from inclusive, UTC
 * @param to exclusive, UTC
 */
public record Source(String key, Path file, long bytes, String etag, Instant start, Instant from, Instant to) {
    /** @return the name that programs in the workspace use */
    public String name() {
        return file.getFileName().toString();
    }
}
