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
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the bodies of earlier clients as text, whatever their media type: some send none, and curl sends that of a form, of
 * which the server would read parameters.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class LegacyBodyFilter extends OncePerRequestFilter {
    private static final String TEXT = "text/plain;charset=UTF-8";

    private final Contract contract;

    LegacyBodyFilter(Contract contract) {
        this.contract = contract;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = request.getContentType();
        return !contract.takesAnyForm(request.getServletPath())
                || (type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new TextRequest(request), response);
    }

    private static final class TextRequest extends HttpServletRequestWrapper {
        TextRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getContentType() {
            return TEXT;
        }

        @Override
        public String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public String getHeader(String name) {
            return HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name) ? TEXT : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name)
                    ? Collections.enumeration(Set.of(TEXT))
                    : super.getHeaders(name);
        }
    }
}
