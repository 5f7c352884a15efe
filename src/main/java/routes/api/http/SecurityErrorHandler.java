package routes.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Responds to unauthorized requests with {@code WWW-Authenticate} (RFC 6750) and a problem. */
@Component
class SecurityErrorHandler implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final String REFUSED = SecurityErrorHandler.class.getName();
    private static final String RETRY_AFTER_SECONDS = "5";

    private final BearerTokenAuthenticationEntryPoint unauthorized = new BearerTokenAuthenticationEntryPoint();
    private final BearerTokenAccessDeniedHandler forbidden = new BearerTokenAccessDeniedHandler();
    private final ProblemWriter problems;

    SecurityErrorHandler(ProblemWriter problems) {
        this.problems = problems;
    }

    /** @return whether its token was refused, or could not be checked */
    static boolean isRefused(HttpServletRequest request) {
        return request.getAttribute(REFUSED) != null;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        request.setAttribute(REFUSED, true);
        if (cause instanceof IssuerUnavailableException) {
            RequestLogFilter.explain(request, cause.getMessage());
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            problems.write(response, Problem.of(503, "tokens cannot be checked now"));
            return;
        }
        unauthorized.commence(request, response, cause);
        problems.write(response, Problem.of(response.getStatus(), "a valid bearer token is required"));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        forbidden.handle(request, response, cause);
        problems.write(response, Problem.of(response.getStatus(), "the token lacks the scope for this"));
    }
}
