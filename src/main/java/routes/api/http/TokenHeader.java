package routes.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.stereotype.Component;

/** Reads the bearer token of a request; on the paths of earlier clients it may come without {@code Bearer}. */
@Component
class TokenHeader implements BearerTokenResolver {
    private static final Set<String> LEGACY =
            Set.of("/submit-job", "/submit-job-request", "/job-status", "/kinesis-video-screenshot");

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final BearerTokenResolver standard = new DefaultBearerTokenResolver();

    @Override
    public String resolve(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean isBare = header != null
                && isLegacy(request.getServletPath())
                && TOKEN.matcher(header).matches();
        return isBare ? header : standard.resolve(request);
    }

    private static boolean isLegacy(String path) {
        int second = path.indexOf('/', 1);
        return LEGACY.contains(second < 0 ? path : path.substring(0, second));
    }
}
