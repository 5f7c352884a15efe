package routes.failure;

/**
 * An invalid field of a request.
 *
 * @param value as given, short and on one line; null if it is missing
 * @param allowed completes "it must be …"
 */
public record InvalidField(String name, String value, String allowed) {
    /** @return the field, its value and the allowed values, on one line */
    public String text() {
        return name + (value == null ? " is missing" : " is " + value) + ": it must be " + allowed;
    }
}
