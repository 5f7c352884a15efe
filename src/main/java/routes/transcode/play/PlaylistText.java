package routes.transcode.play;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A playlist (RFC 8216) whose URIs are replaced: those of lines and those of attributes. */
final class PlaylistText {
    private static final Pattern ATTRIBUTE = Pattern.compile("(?<=[:,]URI=\")[^\"]*(?=\")");

    private static final Pattern NO_URI = Pattern.compile("[^\\p{Alnum}\\p{Punct}]|[\"<>\\\\^`{|}]");

    private PlaylistText() {}

    /** @param replacement gets a URI as it is stored, relative to the playlist, with what no URI has encoded */
    static String replaced(String text, UnaryOperator<String> replacement) {
        return text.lines().map(line -> line(line, replacement)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(String line, UnaryOperator<String> replacement) {
        if (line.isBlank()) {
            return line;
        }
        return line.startsWith("#")
                ? ATTRIBUTE
                        .matcher(line)
                        .replaceAll(uri -> Matcher.quoteReplacement(replacement.apply(encoded(uri.group()))))
                : replacement.apply(encoded(line));
    }

    /** @return with blanks and other characters that no URI has, percent-encoded; what is encoded stays so */
    static String encoded(String uri) {
        return NO_URI.matcher(uri).replaceAll(found -> URLEncoder.encode(found.group(), StandardCharsets.UTF_8)
                .replace("+", "%20"));
    }
}
