package routes.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeType;
import org.springframework.web.filter.OncePerRequestFilter;
import routes.api.http.Contract.Operation;
import routes.failure.OneLine;

/**
 * Rejects requests that no operation of the contract takes: another path, method or media type. Camel matches paths by
 * prefix, and answers those below a known one with an empty 404.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER + 2)
class OperationFilter extends OncePerRequestFilter {
    /** Players name other types for playlists. */
    private static final MediaType PLAYLIST = MediaType.parseMediaType("application/vnd.apple.mpegurl");

    private static final int LONGEST = 100;

    private final Contract contract;
    private final ProblemWriter problems;

    OperationFilter(Contract contract, ProblemWriter problems) {
        this.contract = contract;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Problem problem = problem(request, response);
        if (problem == null) {
            chain.doFilter(request, response);
        } else {
            problems.write(response, problem);
        }
    }

    /** @return null if there is none, or if the path is not one of the contract */
    private Problem problem(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        Optional<Map<String, Operation>> operations = contract.at(path);
        if (operations.isEmpty()) {
            return contract.isBelow(path) ? Problem.of(404, "there is no such path") : null;
        }
        String method = request.getMethod();
        if (method.equals("OPTIONS")) {
            return null;
        }
        Operation operation = operations.get().get(method.equals("HEAD") ? "GET" : method);
        if (operation == null) {
            List<String> allowed = new ArrayList<>(operations.get().keySet());
            if (allowed.contains("GET")) {
                allowed.add("HEAD");
            }
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
            return Problem.of(405, "the method is " + method + ": it must be " + String.join(" or ", allowed));
        }
        Problem unread = operation.consumes().isEmpty() ? null : unreadable(request, operation);
        return unread == null ? notAcceptable(request, operation) : unread;
    }

    private static Problem unreadable(HttpServletRequest request, Operation operation) {
        List<MediaType> consumes = operation.consumes();
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Problem.of(415, "Content-Encoding is " + shown(encoding) + ": it must be left out");
        }
        String type = request.getContentType();
        boolean isReadable = type == null
                ? consumes.contains(MediaType.ALL) || (!operation.needsBody() && !hasBody(request))
                : consumes.stream().anyMatch(known -> includes(known, type));
        if (isReadable) {
            return null;
        }
        String allowed =
                String.join(" or ", consumes.stream().map(MimeType::toString).toList());
        return Problem.of(
                415, "Content-Type is " + (type == null ? "missing" : shown(type)) + ": it must be " + allowed);
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private static boolean includes(MediaType known, String type) {
        try {
            return known.includes(MediaType.parseMediaType(type));
        } catch (InvalidMediaTypeException e) {
            return known.equals(MediaType.ALL);
        }
    }

    private static Problem notAcceptable(HttpServletRequest request, Operation operation) {
        List<MediaType> produces = operation.produces();
        if (operation.isLegacy() || produces.isEmpty() || produces.contains(PLAYLIST)) {
            return null;
        }
        List<String> named = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        try {
            List<MediaType> accepted = MediaType.parseMediaTypes(named);
            if (accepted.isEmpty()
                    || accepted.stream()
                            .anyMatch(type -> type.getQualityValue() > 0
                                    && produces.stream().anyMatch(type::isCompatibleWith))) {
                return null;
            }
        } catch (InvalidMediaTypeException e) {
            return null;
        }
        return Problem.of(
                406,
                "Accept is " + shown(String.join(", ", named)) + ": it must allow "
                        + String.join(
                                " or ",
                                produces.stream()
                                        .distinct()
                                        .map(MimeType::toString)
                                        .toList()));
    }

    private static String shown(String value) {
        return OneLine.of(value, LONGEST);
    }
}
