package routes.api.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.settings.Settings;

/**
 * Reads the discovery document of the page's issuer from the start on, again every hour, or after half a minute if that
 * failed. Callers wait only while nothing is known of the issuer, and five seconds at most.
 */
@Component
class IssuerDiscovery {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerDiscovery.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CALLERS_PATIENCE = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final String issuer;
    private final ObjectMapper json;
    private HttpClient http;
    private CompletableFuture<IssuerEndpoints> lookup;
    private long lookedUpAt;
    private volatile IssuerEndpoints known = IssuerEndpoints.UNKNOWN;

    IssuerDiscovery(Settings settings, ObjectMapper json) {
        this.issuer = settings.web().authority().replaceFirst("/$", "");
        this.json = json;
    }

    /** Begins to read, so that the first page of this process need not wait. */
    void begin() {
        if (!issuer.isEmpty()) {
            // a failure is logged, and callers see it
            var unused = current();
        }
    }

    /** @return the last known endpoints, without waiting for any */
    IssuerEndpoints known() {
        return known;
    }

    /** @return the last known endpoints; unknown ones if the issuer never answered */
    IssuerEndpoints endpoints() {
        if (issuer.isEmpty()) {
            return IssuerEndpoints.UNKNOWN;
        }
        try {
            return current().get(patience(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return known;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return known;
        }
    }

    private synchronized CompletableFuture<IssuerEndpoints> current() {
        if (lookup == null || isOld(lookup)) {
            lookedUpAt = System.nanoTime();
            lookup = lookUp();
        }
        return lookup;
    }

    /** @return nanoseconds; counted from the start of the lookup, so that all who wait are answered together */
    private synchronized long patience() {
        long left = CALLERS_PATIENCE.toNanos() - (System.nanoTime() - lookedUpAt);
        return known.equals(IssuerEndpoints.UNKNOWN) ? Math.max(0, left) : 0;
    }

    private boolean isOld(CompletableFuture<IssuerEndpoints> last) {
        Duration life = last.isCompletedExceptionally() ? PAUSE : KEPT;
        return last.isDone() && System.nanoTime() - lookedUpAt > life.toNanos();
    }

    private CompletableFuture<IssuerEndpoints> lookUp() {
        if (http == null) {
            http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        }
        URI document = URI.create(issuer + "/.well-known/openid-configuration");
        return http.sendAsync(HttpRequest.newBuilder(document).timeout(PATIENCE).build(), BodyHandlers.ofString())
                .thenApply(this::read)
                .whenComplete((endpoints, failure) -> {
                    if (failure == null) {
                        known = endpoints;
                    } else {
                        LOG.warn("nobody can sign in to the page: {} cannot be read: {}", document, failure.toString());
                    }
                });
    }

    private IssuerEndpoints read(HttpResponse<String> answer) {
        if (answer.statusCode() != OK) {
            throw new IllegalStateException("status " + answer.statusCode());
        }
        try {
            JsonNode document = json.readTree(answer.body());
            if (!document.path("issuer").asText().replaceFirst("/$", "").equals(issuer)) {
                throw new IllegalStateException("it is of another issuer");
            }
            return IssuerEndpoints.of(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("it is not JSON", e);
        }
    }
}
