package routes.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import routes.settings.Settings;

/** Token buckets of the rate that one client may have, by client. */
final class Buckets {
    private static final int MOST_CLIENTS = 10_000;
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final Cache<String, Bucket> clients = Caffeine.newBuilder()
            .maximumSize(MOST_CLIENTS)
            .expireAfterAccess(FORGOTTEN)
            .build();
    private final Settings.Api settings;

    Buckets(Settings.Api settings) {
        this.settings = settings;
    }

    /** @param client its identity or address */
    Bucket of(String client) {
        return clients.get(client, name -> bucket());
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(
                        limit -> limit.capacity(settings.burst()).refillGreedy(settings.rate(), Duration.ofSeconds(1)))
                .build();
    }
}
