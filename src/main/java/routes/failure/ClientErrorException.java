package routes.failure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An error of the client. Over REST it becomes a response with this status and these fields. */
public class ClientErrorException extends RuntimeException {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;

    private final int status;
    private final transient List<InvalidField> fields;
    private final Duration retryAfter;

    /**
     * @param status of HTTP, 400 to 499
     * @param detail without internal details
     * @param fields that are invalid; empty if the error is not about fields
     */
    protected ClientErrorException(int status, String detail, List<InvalidField> fields) {
        this(status, detail, fields, null);
    }

    /** @param retryAfter null if a retry does not help */
    protected ClientErrorException(int status, String detail, List<InvalidField> fields, Duration retryAfter) {
        super(detail);
        this.status = status;
        this.fields = List.copyOf(fields);
        this.retryAfter = retryAfter;
    }

    /** @param field well-formed, but impossible */
    public static ClientErrorException unprocessable(InvalidField field) {
        return new ClientErrorException(UNPROCESSABLE, field.text(), List.of(field));
    }

    /** @param field malformed */
    public static ClientErrorException badRequest(InvalidField field) {
        return new ClientErrorException(BAD_REQUEST, field.text(), List.of(field));
    }

    public static ClientErrorException notFound(String detail) {
        return new ClientErrorException(NOT_FOUND, detail, List.of());
    }

    public static ClientErrorException conflict(String detail) {
        return new ClientErrorException(CONFLICT, detail, List.of());
    }

    public static ClientErrorException tooMany(String detail, Duration retryAfter) {
        return new ClientErrorException(TOO_MANY, detail, List.of(), retryAfter);
    }

    /** @return further members of the problem by name, such as instants */
    public Map<String, Object> members() {
        return Map.of();
    }

    /** @return of HTTP */
    public int status() {
        return status;
    }

    public List<InvalidField> fields() {
        return fields;
    }

    /** @return empty if a retry does not help */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
