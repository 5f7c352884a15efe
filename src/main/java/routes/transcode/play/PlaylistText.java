package routes.transcode.play;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A playlist (RFC 8216) whose URIs are replaced: those of lines and those of attributes. */
final class PlaylistText {
    private static final Pattern ATTRIBUTE = Pattern.compile("(?<=[:,]URI=\")[^\"]*(?=\")");

    private PlaylistText() {}

    /** @param replacement gets a URI as it is stored, relative to the playlist */
    static String replaced(String text, UnaryOperator<String> replacement) {
        return text.lines().map(line -> line(line, replacement)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(String line, UnaryOperator<String> replacement) {
        if (line.isBlank()) {
            return line;
        }
        return line.startsWith("#")
                ? ATTRIBUTE.matcher(line).replaceAll(uri -> Matcher.quoteReplacement(replacement.apply(uri.group())))
                : replacement.apply(line);
    }
}
