package routes.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Hides headers that are named like parameters of the query or the path. Routes get parameters as headers, and only the
 * query and the path are validated.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class ParameterHeadersFilter extends OncePerRequestFilter {
    private final Set<String> hidden;

    ParameterHeadersFilter() throws IOException {
        hidden = ApiHeaders.parameters(Set.of("query", "path"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new WithoutHeaders(request), response);
    }

    private final class WithoutHeaders extends HttpServletRequestWrapper {
        WithoutHeaders(HttpServletRequest request) {
            super(request);
        }

        private boolean isHidden(String name) {
            return hidden.contains(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public String getHeader(String name) {
            return isHidden(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .filter(name -> !isHidden(name))
                    .toList());
        }
    }
}
