package routes.transcode.play;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request as routes, their logs and traces see it: its query has no token, and HEAD is GET. */
final class RequestWithoutToken extends HttpServletRequestWrapper {
    static final String PARAMETER = "token";

    RequestWithoutToken(HttpServletRequest request) {
        super(request);
    }

    /** The server sends no content to HEAD. */
    @Override
    public String getMethod() {
        return "GET";
    }

    /** @return null if nothing is left */
    @Override
    public String getQueryString() {
        String query = super.getQueryString();
        if (query == null) {
            return null;
        }
        String rest = Stream.of(query.split("&"))
                .filter(parameter -> !isToken(parameter))
                .collect(Collectors.joining("&"));
        return rest.isEmpty() ? null : rest;
    }

    private static boolean isToken(String parameter) {
        try {
            return URLDecoder.decode(parameter.split("=", 2)[0], StandardCharsets.UTF_8)
                    .equals(PARAMETER);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String getParameter(String name) {
        return name.equals(PARAMETER) ? null : super.getParameter(name);
    }

    @Override
    public String[] getParameterValues(String name) {
        return name.equals(PARAMETER) ? null : super.getParameterValues(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> rest = new HashMap<>(super.getParameterMap());
        rest.remove(PARAMETER);
        return rest;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        List<String> rest = new ArrayList<>(Collections.list(super.getParameterNames()));
        rest.remove(PARAMETER);
        return Collections.enumeration(rest);
    }
}
