package routes.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.stereotype.Component;

/** Reads the bearer token of a request; on the paths of earlier clients it may come without {@code Bearer}. */
@Component
class TokenHeader implements BearerTokenResolver {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final BearerTokenResolver standard = new DefaultBearerTokenResolver();
    private final Contract contract;

    TokenHeader(Contract contract) {
        this.contract = contract;
    }

    @Override
    public String resolve(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean isBare = header != null
                && contract.isLegacy(request.getServletPath())
                && TOKEN.matcher(header).matches();
        return isBare ? header : standard.resolve(request);
    }
}
