package routes.api.http;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The keys of an issuer of tokens, read from its metadata or at a known URL. */
final class IssuerKeys implements JWKSetSource<SecurityContext> {
    private static final int PATIENCE_MS = (int) Duration.ofSeconds(5).toMillis();
    private static final int LARGEST = 512 * 1024;

    private final ResourceRetriever http = new DefaultResourceRetriever(PATIENCE_MS, PATIENCE_MS, LARGEST);
    private final String issuer;
    private volatile String keys;

    /**
     * @param issuer empty if its keys are known
     * @param keys URL of a JSON Web Key Set; empty: that of the issuer's metadata
     */
    IssuerKeys(String issuer, String keys) {
        this.issuer = issuer;
        this.keys = keys;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long now, SecurityContext context)
            throws KeySourceException {
        try {
            if (keys.isEmpty()) {
                keys = keysOfMetadata();
            }
            return JWKSet.parse(read(keys));
        } catch (IOException | ParseException | IllegalArgumentException e) {
            throw new JWKSetUnavailableException("the keys of the issuer cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the metadata once.
     *
     * @return URL of the keys
     * @throws ParseException if it is the metadata of another issuer
     */
    String keysOfMetadata() throws IOException, ParseException {
        Map<String, Object> metadata = metadata();
        String named = JSONObjectUtils.getString(metadata, "issuer");
        if (!issuer.equals(named)) {
            throw new ParseException("JWT_ISSUER is '" + issuer + "': its metadata names '" + named + "'", 0);
        }
        String url = JSONObjectUtils.getString(metadata, "jwks_uri");
        if (url == null) {
            throw new ParseException("the metadata of " + issuer + " names no keys", 0);
        }
        return url;
    }

    /** Servers of OpenID Connect have it below the issuer, those of OAuth at the root of its host (RFC 8414). */
    private Map<String, Object> metadata() throws IOException, ParseException {
        URI base = URI.create(issuer);
        String host = issuer.substring(0, issuer.length() - base.getRawPath().length());
        String path = base.getRawPath().replaceFirst("/$", "");
        List<String> places = List.of(
                host + path + "/.well-known/openid-configuration",
                host + "/.well-known/openid-configuration" + path,
                host + "/.well-known/oauth-authorization-server" + path);
        IOException first = null;
        for (String place : places) {
            try {
                return JSONObjectUtils.parse(read(place));
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        throw first;
    }

    private String read(String url) throws IOException {
        return http.retrieveResource(new URL(url)).getContent();
    }

    @Override
    public void close() {
        // nothing is open
    }
}
