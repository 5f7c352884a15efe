package routes.failure;

import java.time.Duration;
import java.util.List;

/** A request over REST that is answered with a problem, as its status and fields tell. */
public final class ClientErrorException extends RuntimeException {
    private final int status;
    private final transient List<InvalidField> fields;
    private final Duration retryAfter;

    private ClientErrorException(int status, String detail, List<InvalidField> fields, Duration retryAfter) {
        super(detail);
        this.status = status;
        this.fields = List.copyOf(fields);
        this.retryAfter = retryAfter;
    }

    /** @param field can be read, but cannot be fulfilled */
    public static ClientErrorException unprocessable(InvalidField field) {
        return new ClientErrorException(422, field.text(), List.of(field), null);
    }

    /** @param field cannot be read */
    public static ClientErrorException badRequest(InvalidField field) {
        return new ClientErrorException(400, field.text(), List.of(field), null);
    }

    public static ClientErrorException notFound(String detail) {
        return new ClientErrorException(404, detail, List.of(), null);
    }

    public static ClientErrorException conflict(String detail) {
        return new ClientErrorException(409, detail, List.of(), null);
    }

    public static ClientErrorException tooMany(String detail, Duration retryAfter) {
        return new ClientErrorException(429, detail, List.of(), retryAfter);
    }

    /** @return of HTTP */
    public int status() {
        return status;
    }

    public List<InvalidField> fields() {
        return fields;
    }

    /** @return null where trying again is no use */
    public Duration retryAfter() {
        return retryAfter;
    }
}
