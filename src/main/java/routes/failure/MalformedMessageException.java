package routes.failure;

import java.util.Optional;

/** A message that is not a request at all, or one whose fields cannot be read: it becomes a dead letter. */
public final class MalformedMessageException extends RuntimeException {
    private final transient InvalidField field;

    /** @param field the first one that is wrong */
    public MalformedMessageException(InvalidField field) {
        super(field.text());
        this.field = field;
    }

    /** @param message why it is no request */
    public MalformedMessageException(String message) {
        super(message);
        this.field = null;
    }

    public MalformedMessageException(String message, Throwable cause) {
        super(message, cause);
        this.field = null;
    }

    public Optional<InvalidField> field() {
        return Optional.ofNullable(field);
    }
}
