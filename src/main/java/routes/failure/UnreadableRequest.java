package routes.failure;

import java.util.Optional;

/** A message that is not a request at all, or one whose fields cannot be read: it becomes a dead letter. */
public final class UnreadableRequest extends RuntimeException {
    private final transient WrongField field;

    /** @param field the first one that is wrong */
    public UnreadableRequest(WrongField field) {
        super(field.text());
        this.field = field;
    }

    /** @param message why it is no request */
    public UnreadableRequest(String message) {
        super(message);
        this.field = null;
    }

    public UnreadableRequest(String message, Throwable cause) {
        super(message, cause);
        this.field = null;
    }

    public Optional<WrongField> field() {
        return Optional.ofNullable(field);
    }
}
