package routes.api.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import routes.failure.InvalidField;

/**
 * A problem (RFC 9457).
 *
 * @param errors one for each invalid field; null if the problem is not about fields
 * @param members extension members by name
 */
record Problem(
        String title, int status, String detail, List<Field> errors, @JsonAnyGetter Map<String, Object> members) {
    static final String MEDIA_TYPE = "application/problem+json";

    /** @param message the allowed values */
    record Field(String field, String value, String message) {}

    static Problem of(int status, String detail) {
        return new Problem(title(status), status, detail, null, Map.of());
    }

    static Problem of(int status, String detail, List<InvalidField> fields) {
        List<Field> errors = fields.stream()
                .map(field -> new Field(field.name(), field.value(), "it must be " + field.allowed()))
                .toList();
        return new Problem(title(status), status, detail, errors.isEmpty() ? null : errors, Map.of());
    }

    Problem with(String member, Object value) {
        return with(Map.of(member, value));
    }

    Problem with(Map<String, ?> more) {
        Map<String, Object> all = new TreeMap<>(members);
        all.putAll(more);
        return new Problem(title, status, detail, errors, all);
    }

    private static String title(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }
}
