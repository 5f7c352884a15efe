package routes.transcode.play;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;
import routes.failure.ClientErrorException;
import routes.transcode.hls.OutputPath;

/** Names in the paths of a stream, checked before they become part of a key. */
final class StreamFile {
    private static final Pattern RENDITION = Pattern.compile("[a-z0-9]{1,16}");
    private static final Pattern FILE = Pattern.compile("\\d{5,9}-\\d{1,12}\\.(m4s|ts)|init\\.mp4|index\\.m3u8");

    private static final Pattern FLAT = Pattern.compile("[^/\\p{Cntrl}]{1,255}\\.(?:key|m3u8|ts|aac|vtt)");

    /** What servers refuse in a path, and the beginning of names in Base64. */
    private static final Pattern UNFIT = Pattern.compile("(?i)^(?:~|%7e)|%(?:25|3b|5c|2f)|[;\\\\]");

    private static final Pattern LINK = Pattern.compile("~([A-Za-z0-9_-]+)\\.[a-z0-9]+");

    private StreamFile() {}

    /**
     * @param uri of a playlist, relative to it
     * @return the same, or the whole name in Base64 where it is unfit for a path
     */
    static String link(String uri) {
        if (!UNFIT.matcher(uri).find()) {
            return uri;
        }
        String decoded = withoutPercents(uri);
        String name = decoded.isEmpty() ? uri : decoded;
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
        return "~" + encoded + name.substring(Math.max(0, name.lastIndexOf('.')));
    }

    /**
     * @param file as in the path of the request, percent-encoded
     * @return key of the object of a file that is in no folder of a rendition
     * @throws ClientErrorException with 404 if no stream has such a name
     */
    static String key(OutputPath output, String file) {
        String name = decoded(file);
        if (!FLAT.matcher(name).matches()) {
            throw ClientErrorException.notFound("a stream has no such file");
        }
        return output.prefix() + name;
    }

    /** @return empty if it is malformed */
    private static String decoded(String file) {
        Matcher link = LINK.matcher(file);
        if (!link.matches()) {
            return withoutPercents(file);
        }
        try {
            return new String(Base64.getUrlDecoder().decode(link.group(1)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** @return empty if it is malformed */
    private static String withoutPercents(String text) {
        try {
            return UriUtils.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /**
     * @return key of the object
     * @throws ClientErrorException with 404 if no stream has such a name
     */
    static String key(OutputPath output, String rendition, String file) {
        if (!RENDITION.matcher(rendition).matches() || !FILE.matcher(file).matches()) {
            throw ClientErrorException.notFound("a stream has no such file");
        }
        return output.file(rendition, file);
    }
}
