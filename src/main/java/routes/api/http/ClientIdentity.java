package routes.api.http;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.camel.Header;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/** Who sends a request: the subject of the token, else the address. */
@Component("clientIdentity")
public class ClientIdentity {
    private static final String ATTRIBUTE = ClientIdentity.class.getName();
    private static final int LONGEST = 128;

    /** @return one line of printable ASCII */
    public String of(@Header("CamelHttpServletRequest") HttpServletRequest request) {
        Object known = request.getAttribute(ATTRIBUTE);
        return known == null ? request.getRemoteAddr() : known.toString();
    }

    /** Keeps for this request what only the thread knows that checked its token. */
    void identify(HttpServletRequest request) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof JwtAuthenticationToken token && token.getName() != null) {
            String name = token.getName().replaceAll("[^!-~]", "?");
            request.setAttribute(ATTRIBUTE, name.substring(0, Math.min(name.length(), LONGEST)));
        }
    }
}
