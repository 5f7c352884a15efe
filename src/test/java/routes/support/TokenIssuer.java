package routes.support;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An issuer of bearer tokens: its metadata and keys over HTTP, and signed tokens. As with Cognito, users sign in at
 * another host.
 */
public final class TokenIssuer implements AutoCloseable {
    public static final String AUDIENCE = "camclips";
    private static final Duration LIFE = Duration.ofHours(8);

    private final RSAKey key;
    private final LoopbackServer server;
    private final LoopbackServer signIn;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger keyReads = new AtomicInteger();
    private volatile CompletableFuture<Void> ready = CompletableFuture.completedFuture(null);

    public TokenIssuer() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("test").generate();
        signIn = new LoopbackServer("sign-in", 0, new SignInFlow(this)::handle);
        server = new LoopbackServer("token-issuer", 0, exchange -> {
            if (exchange.getRequestURI().getPath().startsWith("/.well-known/")) {
                reads.incrementAndGet();
                ready.join();
            }
            String body =
                    switch (exchange.getRequestURI().getPath()) {
                        case "/.well-known/openid-configuration" ->
                            """
                            {"issuer":"%1$s","jwks_uri":"%1$s/jwks.json","authorization_endpoint":"%2$s/oauth2/authorize",\
                            "token_endpoint":"%2$s/oauth2/token","end_session_endpoint":"%2$s/logout"}"""
                                    .formatted(url(), signInUrl());
                        case "/jwks.json" -> {
                            keyReads.incrementAndGet();
                            yield new JWKSet(key.toPublicJWK()).toString();
                        }
                        default -> "";
                    };
            LoopbackServer.send(exchange, body.isEmpty() ? 404 : 200, "application/json", body);
            exchange.close();
        });
    }

    /** Answers requests for the metadata only when this is complete. */
    public void answerAfter(CompletableFuture<Void> ready) {
        this.ready = ready;
    }

    /** @return requests for the metadata until now */
    public int reads() {
        return reads.get();
    }

    /** @return requests for the keys until now */
    public int keyReads() {
        return keyReads.get();
    }

    /** @return the issuer URL, without a trailing slash */
    public URI url() {
        return server.endpoint();
    }

    /** @return base URL of the sign-in, which is another host to browsers */
    public URI signInUrl() {
        return URI.create(signIn.endpoint().toString().replace(LocalCloud.LOOPBACK, "localhost"));
    }

    public PublicKey publicKey() throws JOSEException {
        return key.toPublicKey();
    }

    /** @return a token with both scopes, valid for eight hours */
    public String token(String subject) {
        return sign(claims(subject, "clips:read clips:write").build());
    }

    /** @param scopes separated by spaces */
    public JWTClaimsSet.Builder claims(String subject, String scopes) {
        return new JWTClaimsSet.Builder()
                .issuer(url().toString())
                .audience(AUDIENCE)
                .subject(subject)
                .claim("scope", scopes)
                .expirationTime(Date.from(Instant.now().plus(LIFE)));
    }

    public String sign(JWTClaimsSet claims) {
        return sign(claims, key);
    }

    /** @param type {@code typ} of the header */
    public String sign(JWTClaimsSet claims, String type) {
        return sign(claims, key, new JOSEObjectType(type));
    }

    /** @param signer has this issuer's key id, but not necessarily its key */
    public static String sign(JWTClaimsSet claims, RSAKey signer) {
        return sign(claims, signer, null);
    }

    private static String sign(JWTClaimsSet claims, RSAKey signer, JOSEObjectType type) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(signer.getKeyID())
                            .type(type)
                            .build(),
                    claims);
            token.sign(new RSASSASigner(signer));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        signIn.close();
    }
}
