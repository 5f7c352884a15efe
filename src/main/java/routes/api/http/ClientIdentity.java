package routes.api.http;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.camel.Header;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/** Identity of a client: the subject of its token, or else its address. */
@Component("clientIdentity")
public class ClientIdentity {
    private static final String ATTRIBUTE = ClientIdentity.class.getName();
    private static final int LONGEST = 128;

    /** @return one line of printable ASCII */
    public String of(@Header("CamelHttpServletRequest") HttpServletRequest request) {
        Object known = request.getAttribute(ATTRIBUTE);
        return known == null ? request.getRemoteAddr() : known.toString();
    }

    /** Copies the identity from the security context, which is bound to the thread, to the request. */
    void identify(HttpServletRequest request) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof JwtAuthenticationToken token && token.getName() != null) {
            String name = token.getName().replaceAll("[^!-~]", "?");
            request.setAttribute(ATTRIBUTE, name.substring(0, Math.min(name.length(), LONGEST)));
        }
    }
}
