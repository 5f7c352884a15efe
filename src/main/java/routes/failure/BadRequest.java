package routes.failure;

/** A request that can be read but never fulfilled; its job ends with FATAL_ERROR and this reason. */
public final class BadRequest extends RuntimeException {
    private final transient WrongField field;

    public BadRequest(WrongField field) {
        super(field.text());
        this.field = field;
    }

    public WrongField field() {
        return field;
    }
}
