package routes.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The sign-in of {@link TokenIssuer}: an authorization code with PKCE for a public client. Whoever comes is signed in
 * at once; a code can be redeemed once.
 */
final class SignInFlow {
    static final String USER = "Ada";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIFE_SECONDS = 3600;

    private record Grant(String clientId, String redirect, String challenge, String nonce, String scope) {}

    private final TokenIssuer issuer;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    SignInFlow(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/oauth2/authorize" -> authorize(exchange);
                case "/oauth2/token" -> redeem(exchange);
                case "/logout" -> LoopbackServer.send(exchange, 200, "text/plain", "signed out");
                default -> LoopbackServer.send(exchange, 404, "text/plain", "");
            }
        }
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
        if (!"code".equals(query.get("response_type"))
                || !"S256".equals(query.get("code_challenge_method"))
                || query.get("nonce") == null) {
            LoopbackServer.send(exchange, 400, "text/plain", "not a code flow with PKCE");
            return;
        }
        String code = UUID.randomUUID().toString();
        grants.put(
                code,
                new Grant(
                        query.get("client_id"),
                        query.get("redirect_uri"),
                        query.get("code_challenge"),
                        query.get("nonce"),
                        query.get("scope")));
        String back = UriComponentsBuilder.fromUriString(query.get("redirect_uri"))
                .queryParam("code", code)
                .queryParam("state", query.get("state"))
                .queryParam("iss", "{issuer}")
                .encode()
                .buildAndExpand(issuer.url())
                .toUriString();
        exchange.getResponseHeaders().set("Location", back);
        LoopbackServer.send(exchange, 302, "text/plain", "");
    }

    private void redeem(HttpExchange exchange) throws IOException {
        Map<String, String> form = parameters(LoopbackServer.body(exchange));
        Grant grant = grants.remove(String.valueOf(form.get("code")));
        // browsers ask from the page's origin
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        boolean isValid = grant != null
                && "authorization_code".equals(form.get("grant_type"))
                && grant.clientId().equals(form.get("client_id"))
                && grant.redirect().equals(form.get("redirect_uri"))
                && grant.challenge().equals(challengeOf(String.valueOf(form.get("code_verifier"))));
        if (!isValid) {
            LoopbackServer.send(exchange, 400, "application/json", "{\"error\":\"invalid_grant\"}");
            return;
        }
        JWTClaimsSet identity = issuer.claims(USER, "")
                .audience(grant.clientId())
                .claim("nonce", grant.nonce())
                .claim("name", USER)
                .build();
        String answer = JSON.createObjectNode()
                .put(
                        "access_token",
                        issuer.sign(issuer.claims(USER, grant.scope()).build()))
                .put("id_token", issuer.sign(identity))
                .put("token_type", "Bearer")
                .put("expires_in", LIFE_SECONDS)
                .toString();
        LoopbackServer.send(exchange, 200, "application/json", answer);
    }

    private static Map<String, String> parameters(String encoded) {
        return Arrays.stream(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String challengeOf(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
