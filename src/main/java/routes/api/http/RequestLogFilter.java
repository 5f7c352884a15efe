package routes.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Logs client, method, path, status and time of each request, but not query or headers, which may be secret. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestLogFilter extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger("request");
    private static final String START = RequestLogFilter.class.getName();
    private static final String LOGGED = START + ".logged";
    private static final String REASON = START + ".reason";
    private static final int LONGEST = 200;

    private final ClientIdentity callers;

    RequestLogFilter(ClientIdentity callers) {
        this.callers = callers;
    }

    /** Adds the reason of a failure to the line of its request, which becomes a warning. */
    static void explain(HttpServletRequest request, String reason) {
        request.setAttribute(REASON, reason);
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(START) == null) {
            request.setAttribute(START, System.nanoTime());
        }
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.isAsyncStarted()) {
                // a stream ends without another dispatch
                request.getAsyncContext().addListener(new EndOfResponse(() -> log(request, response)));
            } else {
                log(request, response);
            }
        }
    }

    private void log(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(LOGGED) != null) {
            return;
        }
        request.setAttribute(LOGGED, true);
        long started = (Long) request.getAttribute(START);
        // still percent-encoded: one line of ASCII
        String path = request.getRequestURI();
        Object reason = request.getAttribute(REASON);
        LOG.atLevel(reason == null ? Level.INFO : Level.WARN)
                .log(
                        "{} {} {} {} {} ms{}",
                        callers.of(request),
                        request.getMethod(),
                        path.substring(0, Math.min(path.length(), LONGEST)),
                        response.getStatus(),
                        (System.nanoTime() - started) / 1_000_000,
                        reason == null ? "" : ": " + reason);
    }
}
