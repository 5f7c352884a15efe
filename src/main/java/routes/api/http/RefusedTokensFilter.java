package routes.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
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
    private static final int MOST_ADDRESSES = 10_000;
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final Cache<String, Bucket> addresses = Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterAccess(FORGOTTEN)
            .build();
    private final ProblemWriter problems;
    private final Settings.Api settings;

    RefusedTokensFilter(ProblemWriter problems, Settings settings) {
        this.problems = problems;
        this.settings = settings.api();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Bucket refusals = addresses.get(request.getRemoteAddr(), address -> bucket());
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

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(
                        limit -> limit.capacity(settings.burst()).refillGreedy(settings.rate(), Duration.ofSeconds(1)))
                .build();
    }
}
