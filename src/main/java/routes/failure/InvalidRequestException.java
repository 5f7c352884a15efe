package routes.failure;

/** A request that can be read but never fulfilled; its job ends with FATAL_ERROR and this reason. */
public final class InvalidRequestException extends RuntimeException {
    private final transient InvalidField field;

    public InvalidRequestException(InvalidField field) {
        super(field.text());
        this.field = field;
    }

    public InvalidField field() {
        return field;
    }
}
