package routes.api.http;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Describes the values that the contract allows, as a completion of "it must be …". */
final class AllowedValues {
    private final OpenAPI contract;

    AllowedValues(OpenAPI contract) {
        this.contract = contract;
    }

    /** @param name of a field in a request body */
    String field(String name) {
        return by(contract.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .filter(operation -> operation.getRequestBody() != null)
                .flatMap(operation -> operation.getRequestBody().getContent().values().stream())
                .map(content -> resolved(content.getSchema()))
                .filter(body -> body != null && body.getProperties() != null)
                .map(body -> (Schema<?>) body.getProperties().get(name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null));
    }

    String by(Schema<?> declared) {
        Schema<?> schema = resolved(declared);
        if (schema == null) {
            return "as in the contract";
        }
        if (schema.getEnum() != null) {
            return schema.getEnum().stream().map(String::valueOf).collect(Collectors.joining(", ", "one of ", ""));
        }
        if ("date-time".equals(schema.getFormat())) {
            return "an instant such as 2026-11-20T18:00:00Z";
        }
        if (schema.getMinimum() != null && schema.getMaximum() != null) {
            String unit = schema.getDescription() == null ? "" : decapitalized(schema.getDescription()) + ", ";
            return unit + "a whole number from " + schema.getMinimum() + " to " + schema.getMaximum();
        }
        if (schema.getItems() != null) {
            return "a list; each " + by(schema.getItems());
        }
        return schema.getDescription() == null
                ? "of the form " + schema.getPattern()
                : decapitalized(schema.getDescription());
    }

    private Schema<?> resolved(Schema<?> schema) {
        String reference = schema == null ? null : schema.get$ref();
        return reference == null
                ? schema
                : contract.getComponents().getSchemas().get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static String decapitalized(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
