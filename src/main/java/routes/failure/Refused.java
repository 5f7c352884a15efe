package routes.failure;

import java.time.Duration;
import java.util.List;

/** A request over REST that is answered with a problem, as its status and fields tell. */
public final class Refused extends RuntimeException {
    private final int status;
    private final transient List<WrongField> fields;
    private final Duration retryAfter;

    private Refused(int status, String detail, List<WrongField> fields, Duration retryAfter) {
        super(detail);
        this.status = status;
        this.fields = List.copyOf(fields);
        this.retryAfter = retryAfter;
    }

    /** @param field can be read, but cannot be fulfilled */
    public static Refused unprocessable(WrongField field) {
        return new Refused(422, field.text(), List.of(field), null);
    }

    /** @param field cannot be read */
    public static Refused badRequest(WrongField field) {
        return new Refused(400, field.text(), List.of(field), null);
    }

    public static Refused notFound(String detail) {
        return new Refused(404, detail, List.of(), null);
    }

    public static Refused conflict(String detail) {
        return new Refused(409, detail, List.of(), null);
    }

    public static Refused tooMany(String detail, Duration retryAfter) {
        return new Refused(429, detail, List.of(), retryAfter);
    }

    /** @return of HTTP */
    public int status() {
        return status;
    }

    public List<WrongField> fields() {
        return fields;
    }

    /** @return null where trying again is no use */
    public Duration retryAfter() {
        return retryAfter;
    }
}
