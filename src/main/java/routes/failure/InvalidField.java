package routes.failure;

/**
 * A field of a request that cannot be taken.
 *
 * @param value as it came, short and on one line; null where it is missing
 * @param allowed completes "it must be …"
 */
public record InvalidField(String name, String value, String allowed) {
    /** @return the field, its value and what is allowed, in one line */
    public String text() {
        return name + (value == null ? " is missing" : " is " + value) + ": it must be " + allowed;
    }
}
