package routes.settings;

/** A setting with which the service cannot start. */
public final class InvalidSettingException extends RuntimeException {
    /**
     * @param name of the environment variable
     * @param value as it was given; never a secret
     */
    public InvalidSettingException(String name, String value, String allowed) {
        super(name + (value.isEmpty() ? " is missing" : " is '" + value + "'") + ": it must be " + allowed);
    }

    public InvalidSettingException(String message) {
        super(message);
    }
}
