package routes.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The operations of {@code openapi.yaml}, by path and method. */
@Component
class Contract {
    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");
    private static final String LEGACY = "legacy clients";

    private final List<Path> paths = new ArrayList<>();

    /** @param operations by method, in upper case */
    private record Path(String template, Pattern pattern, Map<String, Operation> operations) {}

    /**
     * An operation.
     *
     * @param consumes media types of its body; empty if it has none
     * @param needsBody whether a request without a body is invalid
     * @param produces media types of its responses
     * @param isLegacy whether it has the form of the earlier system
     */
    record Operation(List<MediaType> consumes, boolean needsBody, List<MediaType> produces, boolean isLegacy) {}

    Contract() throws IOException {
        Map<?, ?> document = read();
        map(document, "paths").forEach((template, path) -> paths.add(path(document, template.toString(), path)));
        // one without parameters comes first
        paths.sort(Comparator.comparingLong(
                path -> PARAMETER.matcher(path.template()).results().count()));
    }

    /** @return the document as maps and lists */
    static Map<?, ?> read() throws IOException {
        try (InputStream contract = new ClassPathResource("openapi.yaml").getInputStream()) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(contract);
        }
    }

    /**
     * @param path decoded
     * @return its operations by method, in upper case; empty if the contract has no such path
     */
    Optional<Map<String, Operation>> at(String path) {
        return paths.stream()
                .filter(known -> known.pattern().matcher(path).matches())
                .map(Path::operations)
                .findFirst();
    }

    /** @return whether an operation there has the form of the earlier system */
    boolean isLegacy(String path) {
        return at(path).stream()
                .flatMap(operations -> operations.values().stream())
                .anyMatch(Operation::isLegacy);
    }

    /** @return whether an operation there takes a body in any form of the earlier system, which need not be strict JSON */
    boolean takesAnyForm(String path) {
        return at(path).stream()
                .flatMap(operations -> operations.values().stream())
                .anyMatch(operation -> operation.isLegacy() && operation.needsBody());
    }

    /** @return whether a path of the contract is a prefix of it, up to a slash */
    boolean isBelow(String path) {
        return paths.stream().anyMatch(known -> {
            Matcher prefix = known.pattern().matcher(path);
            return prefix.lookingAt() && prefix.end() < path.length() && path.charAt(prefix.end()) == '/';
        });
    }

    private static Path path(Map<?, ?> document, String template, Object path) {
        Map<String, Operation> operations = new LinkedHashMap<>();
        ((Map<?, ?>) path).forEach((method, operation) -> {
            if (operation instanceof Map<?, ?> values && values.containsKey("operationId")) {
                operations.put(method.toString().toUpperCase(Locale.ROOT), operation(document, values));
            }
        });
        String pattern = PARAMETER.matcher(Pattern.quote(template)).replaceAll("\\\\E[^/]+\\\\Q");
        return new Path(template, Pattern.compile(pattern), operations);
    }

    private static Operation operation(Map<?, ?> document, Map<?, ?> values) {
        List<MediaType> produces = new ArrayList<>();
        map(values, "responses")
                .values()
                .forEach(response -> produces.addAll(mediaTypes(resolved(document, (Map<?, ?>) response))));
        boolean isLegacy = values.get("tags") instanceof List<?> tags && tags.contains(LEGACY);
        Map<?, ?> body = map(values, "requestBody");
        return new Operation(mediaTypes(body), Boolean.TRUE.equals(body.get("required")), produces, isLegacy);
    }

    private static List<MediaType> mediaTypes(Map<?, ?> content) {
        return map(content, "content").keySet().stream()
                .map(type -> MediaType.parseMediaType(type.toString()))
                .toList();
    }

    /** Follows a reference to a component. */
    private static Map<?, ?> resolved(Map<?, ?> document, Map<?, ?> value) {
        if (!(value.get("$ref") instanceof String reference)) {
            return value;
        }
        Map<?, ?> node = document;
        for (String name : reference.substring("#/".length()).split("/")) {
            node = map(node, name);
        }
        return node;
    }

    private static Map<?, ?> map(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof Map<?, ?> child ? child : Map.of();
    }
}
