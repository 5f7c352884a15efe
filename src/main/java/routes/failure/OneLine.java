package routes.failure;

/** Text from outside, fit for a line of the log. */
public final class OneLine {
    private OneLine() {}

    /** @param most characters that are shown, the first ones */
    public static String of(String text, int most) {
        String head = text.length() <= most ? text : text.substring(0, most) + "…";
        return head.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", " ");
    }
}
