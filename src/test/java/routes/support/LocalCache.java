package routes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A cache of large test data: {@code CAMCLIPS_CACHE}, otherwise {@code ~/.cache/camclips}. */
public final class LocalCache {
    private LocalCache() {}

    /** A folder of the cache, created if missing. */
    public static Path folder(String name) {
        String set = System.getenv("CAMCLIPS_CACHE");
        Path cache = set == null ? Path.of(System.getProperty("user.home"), ".cache", "camclips") : Path.of(set);
        try {
            return Files.createDirectories(cache.toAbsolutePath().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
