package routes.api.http;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.stereotype.Component;

/**
 * The only headers and query parameters that a request over REST brings along, and the only headers that an answer has.
 * Without it Camel sends a request's headers back, its token among them.
 */
@Component("apiHeaders")
class ApiHeaders implements HeaderFilterStrategy {
    private static final Set<String> IN = Set.of(
            "accept",
            "content-type",
            "idempotency-key",
            "traceparent",
            "tracestate",
            "cameraid",
            "status",
            "limit",
            "next",
            "start",
            "end");
    private static final Set<String> OUT = Set.of("content-type", "location", "retry-after", "allow");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !OUT.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !IN.contains(name.toLowerCase(Locale.ROOT));
    }
}
