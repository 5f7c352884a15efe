package routes.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Responds with 503 while the routes are not started: the server listens earlier, and a 404 would be wrong. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class StartupFilter extends OncePerRequestFilter {
    private final CamelContext camel;
    private final ProblemWriter problems;

    StartupFilter(CamelContext camel, ProblemWriter problems) {
        this.camel = camel;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (camel.isStarted()) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Retry-After", "1");
        problems.write(response, Problem.of(503, "the service is starting or stopping"));
    }
}
