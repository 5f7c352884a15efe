package routes.failure;

import java.util.List;

/** A message that is not a request, or has unreadable fields. It becomes a dead letter. */
public final class MalformedMessageException extends ClientErrorException {
    /** @param field the first invalid one */
    public MalformedMessageException(InvalidField field) {
        super(400, field.text(), List.of(field));
    }

    /** @param message why it is not a request */
    public MalformedMessageException(String message) {
        super(400, message, List.of());
    }

    public MalformedMessageException(String message, Throwable cause) {
        this(message);
        initCause(cause);
    }
}
