package routes.settings;

/** One or more settings are missing or invalid, so the service cannot start. */
public final class InvalidSettingException extends RuntimeException {
    /**
     * @param name of the environment variable
     * @param value as given, empty if missing; never a secret
     * @param allowed completes "it must be"
     */
    public InvalidSettingException(String name, String value, String allowed) {
        super(text(name, value, allowed));
    }

    /** @param message one line with each invalid setting, its value and the allowed values */
    public InvalidSettingException(String message) {
        super(message);
    }

    /** @return one-line message about one setting */
    public static String text(String name, String value, String allowed) {
        return name + (value.isEmpty() ? " is missing" : " is '" + value + "'") + ": it must be " + allowed;
    }
}
