package routes.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Handles HEAD as GET, of which the server sends no body. Routes know the methods of the contract only. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class HeadFilter extends OncePerRequestFilter {
    private final Contract contract;

    HeadFilter(Contract contract) {
        this.contract = contract;
    }

    /** A stream of events would have no end. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("HEAD")
                || contract.at(request.getServletPath())
                        .map(operations -> operations.get("GET"))
                        .filter(get -> !get.produces().contains(MediaType.TEXT_EVENT_STREAM))
                        .isEmpty();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public String getMethod() {
                        return "GET";
                    }
                },
                response);
    }
}
