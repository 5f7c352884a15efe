package routes.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths with which players read the stream of a job. */
public final class StreamPaths {
    private static final Pattern PLAYER = Pattern.compile("/jobs/([^/]+)/(?:playlist\\.m3u8|stream/.+)");
    private static final Pattern OBJECT = Pattern.compile("/jobs/[^/]+/stream/.+(?<!\\.m3u8)");
    private static final Pattern TOKEN = Pattern.compile("/jobs/[^/]+/playlist-token");

    private static final String ADMITTED = StreamPaths.class.getName();

    private StreamPaths() {}

    /** Marks a request whose token grants it, so that no job is read for it. */
    public static void admit(HttpServletRequest request) {
        request.setAttribute(ADMITTED, true);
    }

    /** @return whether it is a playlist or an object of a stream */
    public static boolean isOfPlayer(HttpServletRequest request) {
        return PLAYER.matcher(path(request)).matches();
    }

    /** @return whether tokens are made there */
    public static boolean isOfTokens(HttpServletRequest request) {
        return TOKEN.matcher(path(request)).matches();
    }

    /** @return whether it was admitted and gets a redirect to an object of the stream, for which nothing is read */
    static boolean isMereRedirect(HttpServletRequest request) {
        return request.getAttribute(ADMITTED) != null
                && OBJECT.matcher(path(request)).matches();
    }

    /** @return the id in a path of a player; empty in another path */
    public static String jobId(HttpServletRequest request) {
        Matcher player = PLAYER.matcher(path(request));
        return player.matches() ? player.group(1) : "";
    }

    private static String path(HttpServletRequest request) {
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }
}
