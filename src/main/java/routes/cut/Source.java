package routes.cut;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A recording on its way into a workspace.
 *
 * @param file where it lies once it is fetched
 * @param etag of the object that was measured; what is fetched must be the same
 * @param start of the recording, UTC
 * @param end of the recording as it is listed, exclusive, UTC
 * @param from of the interval that is wanted, inclusive, UTC
 * @param to of the interval that is wanted, exclusive, UTC
 */
public record Source(
        String key, Path file, long bytes, String etag, Instant start, Instant end, Instant from, Instant to) {
    /** @return the name that programs in the workspace use */
    public String name() {
        return file.getFileName().toString();
    }
}
