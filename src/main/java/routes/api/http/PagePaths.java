package routes.api.http;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Paths of the page at {@code /} and its files, which contain no data and are public. */
public final class PagePaths implements RequestMatcher {
    /** Prefix of the page's files. */
    public static final String FILES = "/console/";

    @Override
    public boolean matches(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        return path.equals("/") || path.startsWith(FILES);
    }
}
