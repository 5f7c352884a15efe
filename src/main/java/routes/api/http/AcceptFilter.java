package routes.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets every request accept every media type, with the lowest preference for those that it does not name. Camel maps an
 * operation by the media type of its last response only, so {@code Accept: application/json} would get 406. {@link OperationFilter}
 * has compared them with those of all responses.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER + 3)
class AcceptFilter extends OncePerRequestFilter {
    private static final String ANY = "*/*;q=0.1";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request.getHeader(HttpHeaders.ACCEPT) == null ? request : new AnyAccepted(request), response);
    }

    private static final class AnyAccepted extends HttpServletRequestWrapper {
        private final List<String> accepted;

        AnyAccepted(HttpServletRequest request) {
            super(request);
            List<String> named = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
            accepted = new ArrayList<>(isReadable(named) ? named : List.of());
            accepted.add(ANY);
        }

        private static boolean isReadable(List<String> mediaTypes) {
            try {
                MediaType.parseMediaTypes(mediaTypes);
                return true;
            } catch (InvalidMediaTypeException e) {
                return false;
            }
        }

        @Override
        public String getHeader(String name) {
            return HttpHeaders.ACCEPT.equalsIgnoreCase(name) ? String.join(", ", accepted) : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return HttpHeaders.ACCEPT.equalsIgnoreCase(name)
                    ? Collections.enumeration(accepted)
                    : super.getHeaders(name);
        }
    }
}
