package routes.api.http;

import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.stereotype.Component;

/**
 * Allows only known headers and query parameters of REST requests, and only known headers of responses. Without this
 * filter Camel copies request headers, including the bearer token, to the response.
 */
@Component("apiHeaders")
class ApiHeaders implements HeaderFilterStrategy {
    private static final Set<String> OUT = Set.of(
            "content-type",
            "location",
            "retry-after",
            "allow",
            "etag",
            "cache-control",
            "last-modified",
            "x-frame-time");

    private final Set<String> in = new HashSet<>(Set.of("accept", "content-type", "traceparent", "tracestate"));

    /** Adds the parameters of all operations in the contract. */
    ApiHeaders() throws IOException {
        in.addAll(parameters(Set.of("query", "header")));
    }

    /**
     * @param places of {@code query}, {@code path} and {@code header}
     * @return names of the contract's parameters there, in lower case
     */
    static Set<String> parameters(Set<String> places) throws IOException {
        Set<String> names = new HashSet<>();
        addParameters(Contract.read(), places, names);
        return names;
    }

    private static void addParameters(Object node, Set<String> places, Set<String> names) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("in") instanceof String place && places.contains(place) && map.get("name") != null) {
                names.add(map.get("name").toString().toLowerCase(Locale.ROOT));
            }
            map.values().forEach(value -> addParameters(value, places, names));
        } else if (node instanceof Iterable<?> list) {
            list.forEach(value -> addParameters(value, places, names));
        }
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !OUT.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !in.contains(name.toLowerCase(Locale.ROOT));
    }
}
