package routes.settings;

/** Settings with which the service cannot start. */
public final class InvalidSettingException extends RuntimeException {
    /**
     * @param name of the environment variable
     * @param value as it was given; never a secret
     * @param allowed completes "it must be"
     */
    public InvalidSettingException(String name, String value, String allowed) {
        super(text(name, value, allowed));
    }

    /** @param message one line that names each setting, its value and what is allowed */
    public InvalidSettingException(String message) {
        super(message);
    }

    /** @return one line about one setting */
    public static String text(String name, String value, String allowed) {
        return name + (value.isEmpty() ? " is missing" : " is '" + value + "'") + ": it must be " + allowed;
    }
}
