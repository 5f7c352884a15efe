package routes.failure;

/** Makes text from outside safe for one log line. */
public final class OneLine {
    private OneLine() {}

    /** @param most maximum number of characters */
    public static String of(String text, int most) {
        String head = text.length() <= most ? text : text.substring(0, most) + "…";
        return head.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", " ");
    }
}
