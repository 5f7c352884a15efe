package routes.transcode.play;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import routes.api.http.ProblemWriter;
import routes.api.http.StreamPaths;

/** Admits a request by its playlist token, which nothing after this filter sees. */
final class PlaylistTokenFilter extends OncePerRequestFilter {
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final String GRANT = PlaylistGrant.class.getName();
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final PlaylistTokens tokens;
    private final ProblemWriter problems;
    private final Clock clock;

    PlaylistTokenFilter(PlaylistTokens tokens, ProblemWriter problems, Clock clock) {
        this.tokens = tokens;
        this.problems = problems;
        this.clock = clock;
    }

    /** @return whether this filter has to judge the request */
    static boolean isFor(HttpServletRequest request) {
        return READS.contains(request.getMethod())
                && StreamPaths.isOfPlayer(request)
                && request.getParameter(RequestWithoutToken.PARAMETER) != null;
    }

    /** @return what the request's token grants; empty if it has none */
    static Optional<PlaylistGrant> grant(HttpServletRequest request) {
        return Optional.ofNullable((PlaylistGrant) request.getAttribute(GRANT));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String[] given = request.getParameterValues(RequestWithoutToken.PARAMETER);
        Optional<PlaylistGrant> signed = given.length == 1 ? tokens.read(given[0]) : Optional.empty();
        if (signed.isEmpty()) {
            refuse(response, UNAUTHORIZED, "invalid_token", "the playlist token is not valid");
        } else if (!clock.instant().isBefore(signed.get().expiresAt())) {
            refuse(response, UNAUTHORIZED, "invalid_token", "the playlist token has expired");
        } else if (!signed.get().jobId().equals(StreamPaths.jobId(request))) {
            refuse(response, FORBIDDEN, "insufficient_scope", "the playlist token is for another job");
        } else {
            request.setAttribute(GRANT, signed.get());
            StreamPaths.admit(request);
            chain.doFilter(new RequestWithoutToken(request), response);
        }
    }

    private void refuse(HttpServletResponse response, int status, String error, String detail) throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"" + error + "\"");
        problems.write(response, status, detail);
    }
}
