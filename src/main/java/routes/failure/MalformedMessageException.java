package routes.failure;

import java.util.List;

/** A message that is not a request at all, or one whose fields cannot be read: it becomes a dead letter. */
public final class MalformedMessageException extends ClientErrorException {
    /** @param field the first one that is wrong */
    public MalformedMessageException(InvalidField field) {
        super(400, field.text(), List.of(field));
    }

    /** @param message why it is no request */
    public MalformedMessageException(String message) {
        super(400, message, List.of());
    }

    public MalformedMessageException(String message, Throwable cause) {
        this(message);
        initCause(cause);
    }
}
