package routes.jobs;

import java.util.regex.Pattern;

/** Names that come from outside and become part of a URL, a key or a path. */
public final class Identifier {
    public static final String ALLOWED =
            "1 to 128 letters, digits, '.', '_' or '-', not beginning with '-' or '.', without '..'";
    private static final Pattern FORM = Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    private Identifier() {}

    public static boolean isValid(String text) {
        return text != null && FORM.matcher(text).matches();
    }
}
