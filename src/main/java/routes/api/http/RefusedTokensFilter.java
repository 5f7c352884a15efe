package routes.api.http;

import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import routes.settings.Settings;

/**
 * Limits the tokens of each address that are refused or cannot be checked, before another one is: tokens with unknown key
 * ids make the service ask their issuer.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER - 1)
class RefusedTokensFilter extends OncePerRequestFilter {
    private final Buckets buckets;
    private final ProblemWriter problems;

    RefusedTokensFilter(ProblemWriter problems, Settings settings) {
        this.problems = problems;
        this.buckets = new Buckets(settings.api());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Bucket refusals = buckets.of(request.getRemoteAddr());
        if (refusals.getAvailableTokens() == 0) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            problems.write(response, Problem.of(429, "too many tokens of this address were refused"));
            return;
        }
        chain.doFilter(request, response);
        if (SecurityErrorHandler.isRefused(request)) {
            refusals.tryConsume(1);
        }
    }
}
