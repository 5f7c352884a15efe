package routes.failure;

/** A setting with which the service cannot start. */
public final class WrongSetting extends RuntimeException {
    /**
     * @param name of the environment variable
     * @param value as it was given; never a secret
     */
    public WrongSetting(String name, String value, String allowed) {
        super(name + (value.isEmpty() ? " is missing" : " is '" + value + "'") + ": it must be " + allowed);
    }

    public WrongSetting(String message) {
        super(message);
    }
}
