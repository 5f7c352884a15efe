package routes.api.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;

/**
 * Where users of an issuer sign in and out, from its discovery document.
 *
 * @param authorization null if the document has none
 * @param token null if the document has none
 * @param endSession null if the document has none
 */
record IssuerEndpoints(URI authorization, URI token, URI endSession) {
    static final IssuerEndpoints UNKNOWN = new IssuerEndpoints(null, null, null);

    static IssuerEndpoints of(JsonNode document) {
        return new IssuerEndpoints(
                address(document, "authorization_endpoint"),
                address(document, "token_endpoint"),
                address(document, "end_session_endpoint"));
    }

    private static URI address(JsonNode document, String name) {
        return Optional.of(document.path(name).asText())
                .filter(text -> text.matches("https?://[^\\s#;,]+"))
                .map(URI::create)
                .filter(uri -> uri.getHost() != null)
                .orElse(null);
    }
}
