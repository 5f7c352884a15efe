package routes.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.camel.Header;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/** Identity of a client: the subject of its token, or else its address. */
@Component("clientIdentity")
public class ClientIdentity {
    private static final String ATTRIBUTE = ClientIdentity.class.getName();
    /** Separates the digest; no subject that is shown as it is contains it. */
    private static final char DIGEST = '~';

    private static final Pattern SHORT_AND_PLAIN = Pattern.compile("[!-}]{1,128}");
    private static final int HEAD = 64;

    /** @return one line of printable ASCII */
    public String of(@Header("CamelHttpServletRequest") HttpServletRequest request) {
        Object known = request.getAttribute(ATTRIBUTE);
        return known == null ? request.getRemoteAddr() : known.toString();
    }

    /** Copies the identity from the security context, which is bound to the thread, to the request. */
    void identify(HttpServletRequest request) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof JwtAuthenticationToken token && token.getName() != null) {
            request.setAttribute(ATTRIBUTE, shown(token.getName()));
        }
    }

    /**
     * @param subject of a token, in any script and of any length
     * @return the subject itself, or if that cannot be shown its beginning and its digest; different for different subjects
     */
    static String shown(String subject) {
        if (SHORT_AND_PLAIN.matcher(subject).matches()) {
            return subject;
        }
        String head = subject.substring(0, Math.min(subject.length(), HEAD)).replaceAll("[^!-}]", "?");
        return head + DIGEST + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(subject));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
