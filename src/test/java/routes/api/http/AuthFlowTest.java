package routes.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.FlowTest;
import routes.support.LocalServices;
import routes.support.TokenIssuer;

/** Accepts only tokens of the configured issuer, signed with its key, for this audience, with the required scope. */
@FlowTest
class AuthFlowTest {
    private static final TokenIssuer ISSUER = LocalServices.tokens();
    private static final String ALL = "clips:read clips:write";
    private static final List<String> PATHS =
            List.of("/jobs", "/jobs/x", "/job-status/x", "/jobs/events", "/status", "/cameras/x/coverage", "/nothing");

    @LocalServerPort
    int port;

    @Test
    void aTokenThatIsNotOneForThisServiceIsRefusedEverywhere() throws Exception {
        for (Map.Entry<String, String> token : badTokens().entrySet()) {
            ApiClient api = client(token.getValue());
            for (String path : PATHS) {
                assertRefused(token.getKey() + " " + path, api.get(path), 401);
            }
            assertRefused(token.getKey() + " POST", api.post("/clips", "{}"), 401);
            assertRefused(token.getKey() + " DELETE", api.delete("/jobs/x"), 401);
        }
    }

    private static Map<String, String> badTokens() throws Exception {
        Instant now = Instant.now();
        RSAKey stranger = new RSAKeyGenerator(2048).keyID("test").generate();
        Map<String, String> bad = new TreeMap<>();
        bad.put("missing", null);
        bad.put("no token", "nonsense");
        bad.put(
                "expired",
                ISSUER.sign(claims().expirationTime(Date.from(now.minus(Duration.ofMinutes(5))))
                        .build()));
        bad.put("without end", ISSUER.sign(claims().expirationTime(null).build()));
        bad.put(
                "not yet",
                ISSUER.sign(claims().notBeforeTime(Date.from(now.plus(Duration.ofMinutes(5))))
                        .build()));
        bad.put("other audience", ISSUER.sign(claims().audience("somebody-else").build()));
        bad.put("no audience", ISSUER.sign(claims().audience((String) null).build()));
        bad.put(
                "other client",
                ISSUER.sign(
                        claims().audience((String) null).claim("client_id", "x").build()));
        bad.put(
                "other issuer",
                ISSUER.sign(claims().issuer("http://127.0.0.1:1").build()));
        bad.put("other key", TokenIssuer.sign(claims().build(), stranger));
        bad.put("alg none", new PlainJWT(claims().build()).serialize());
        String good = ISSUER.sign(claims().build());
        bad.put("changed", good.substring(0, good.length() - 8) + "AAAAAAAA");
        bad.put("signed with the public key", SymmetricToken.signedWith(ISSUER, claims().build()));
        return bad;
    }

    private static JWTClaimsSet.Builder claims() {
        return ISSUER.claims("somebody", ALL);
    }

    @Test
    void readAndWriteScopesAreSeparate() {
        ApiClient reader = client(ISSUER.sign(ISSUER.claims("r", "clips:read").build()));
        ApiClient writer = client(ISSUER.sign(ISSUER.claims("w", "clips:write").build()));
        ApiClient nobody = client(ISSUER.sign(ISSUER.claims("n", "other:scope").build()));

        assertThat(reader.get("/jobs").status()).isEqualTo(200);
        assertThat(reader.get("/jobs/none").status()).isEqualTo(404);
        assertThat(writer.delete("/jobs/none").status()).isEqualTo(404);
        assertThat(writer.post("/clips", "{}").status()).isEqualTo(400);
        for (ApiClient api : List.of(reader, nobody)) {
            assertRefused("post", api.post("/clips", "{}"), 403);
            assertRefused("submit", api.post("/submit-job", "{}"), 403);
            assertRefused("retry", api.post("/jobs/none/retry", ""), 403);
            assertRefused("delete", api.delete("/jobs/none"), 403);
        }
        for (ApiClient api : List.of(writer, nobody)) {
            PATHS.forEach(path -> assertRefused(path, api.get(path), 403));
        }
    }

    @Test
    void anAccessTokenOfACognitoPoolIsTakenByItsClientId() {
        String token = ISSUER.sign(ISSUER.claims("cognito", ALL)
                .audience((String) null)
                .claim("client_id", TokenIssuer.AUDIENCE)
                .claim("token_use", "access")
                .build());

        assertThat(client(token).get("/jobs").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "at+jwt", "application/at+jwt", "AT+JWT"})
    void anAccessTokenMayNameItsType(String type) {
        assertThat(client(ISSUER.sign(claims().build(), type)).get("/jobs").status())
                .isEqualTo(200);
    }

    @Test
    void aTokenOfAnotherTypeIsRefused() {
        assertRefused(
                "logout", client(ISSUER.sign(claims().build(), "logout+jwt")).get("/jobs"), 401);
    }

    @Test
    void earlierClientsMaySendTheTokenWithoutBearer() {
        String token = ISSUER.sign(claims().build());

        assertThat(bare(token, "/job-status/none").status()).isEqualTo(404);
        assertThat(bare("nonsense", "/job-status/none").status()).isEqualTo(401);
        assertThat(bare(token, "/jobs").status()).isEqualTo(401);
    }

    private Answer bare(String token, String path) {
        return client(null).send(path, request -> request.GET().header("Authorization", token));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jobs%2Fx",
                "//jobs",
                "/jobs/;x=1",
                "/docs/../jobs",
                "/docs/%2e%2e/jobs",
                "/console/../jobs",
                "/console/%2e%2e/jobs",
                "/jobs%00"
            })
    void anotherSpellingOfAPathIsNoWayAroundTheToken(String path) {
        assertThat(client(null).get(path).status()).isIn(400, 401, 404);
    }

    private ApiClient client(String token) {
        return new ApiClient(URI.create("http://127.0.0.1:" + port), token);
    }

    private static void assertRefused(String what, Answer answer, int status) {
        assertThat(answer.status()).as(what).isEqualTo(status);
        assertThat(answer.contentType()).as(what).isEqualTo("application/problem+json");
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.header("WWW-Authenticate")).as(what).startsWith("Bearer");
    }
}
