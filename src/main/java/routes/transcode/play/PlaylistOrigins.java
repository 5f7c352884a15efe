package routes.transcode.play;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import routes.api.http.StreamPaths;
import routes.settings.Settings;

/** Lets pages of the origins in {@code PLAYLIST_ORIGINS} play streams (CORS). Credentials are tokens, never cookies. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class PlaylistOrigins extends OncePerRequestFilter {
    private static final String ANY = "*";
    private static final int NO_CONTENT = 204;
    private static final String PREFLIGHT_SECONDS = "600";

    private final Set<String> allowed;

    PlaylistOrigins(Settings settings) {
        this.allowed = Set.copyOf(settings.playlist().allowedOrigins());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return allowed.isEmpty() || !(StreamPaths.isOfPlayer(request) || StreamPaths.isOfTokens(request));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean isAllowed = origin != null && (allowed.contains(ANY) || allowed.contains(origin));
        if (!allowed.contains(ANY)) {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
        if (isAllowed) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, allowed.contains(ANY) ? ANY : origin);
        }
        boolean isPreflight = request.getMethod().equals(HttpMethod.OPTIONS.name())
                && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
        if (isPreflight && isAllowed) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type, Range");
            response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
            response.setStatus(NO_CONTENT);
            return;
        }
        chain.doFilter(request, response);
    }
}
