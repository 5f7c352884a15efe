package routes.aws;

import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.stereotype.Component;

/**
 * Filters message headers in both directions. Other headers of a sender could control Camel: {@code Camel*} headers
 * name keys, URLs and programs.
 */
@Component
class TrustedHeaders implements HeaderFilterStrategy {
    private static final Set<String> PASS = Set.of("traceparent", "tracestate");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !PASS.contains(name);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !PASS.contains(name);
    }
}
