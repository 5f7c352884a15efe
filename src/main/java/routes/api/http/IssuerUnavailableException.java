package routes.api.http;

import org.springframework.security.core.AuthenticationException;

/** A token cannot be checked now: the keys of its issuer cannot be read, or were just read. */
class IssuerUnavailableException extends AuthenticationException {
    IssuerUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
