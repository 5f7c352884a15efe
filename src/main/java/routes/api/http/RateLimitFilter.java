package routes.api.http;

import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import routes.settings.Settings;

/** Limits the requests of each client to this process, by sustained rate and burst; the response is 429. */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER + 1)
class RateLimitFilter extends OncePerRequestFilter {
    private final Buckets buckets;
    private final PagePaths page = new PagePaths();
    private final ClientIdentity callers;
    private final ProblemWriter problems;
    private final Settings.Api settings;

    RateLimitFilter(ClientIdentity callers, ProblemWriter problems, Settings settings) {
        this.callers = callers;
        this.problems = problems;
        this.settings = settings.api();
        this.buckets = new Buckets(this.settings);
    }

    /** The page has many files, and its users may share one address. A stream has many segments. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return page.matches(request) || StreamPaths.isMereRedirect(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        callers.identify(request);
        ConsumptionProbe probe = buckets.of(callers.of(request)).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            chain.doFilter(request, response);
            return;
        }
        long wait = Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1;
        response.setHeader("Retry-After", Long.toString(wait));
        problems.write(response, Problem.of(429, "at most " + settings.rate() + " requests a second"));
    }
}
