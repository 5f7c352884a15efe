package routes.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.text.ParseException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import routes.support.TestSettings;
import routes.support.TokenIssuer;

/** Tokens while their issuer is away or asked too often. */
class IssuerKeysTest {
    private TokenIssuer issuer;

    @BeforeEach
    void start() throws Exception {
        issuer = new TokenIssuer();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void knownKeysAreUsedWhileTheIssuerIsAway() {
        JwtDecoder decoder = decoder(issuer.url().toString());
        decoder.decode(issuer.token("first"));

        issuer.close();

        assertThat(decoder.decode(issuer.token("second")).getSubject()).isEqualTo("second");
    }

    @Test
    void aTokenOfAnIssuerThatNeverAnsweredCannotBeChecked() {
        String token = issuer.token("somebody");
        issuer.close();

        assertThatThrownBy(() -> decoder(issuer.url().toString()).decode(token))
                .isInstanceOf(IssuerUnavailableException.class);
    }

    @Test
    void unknownKeyIdsAreLookedUpAtABoundedRate() throws Exception {
        JwtDecoder decoder = decoder(issuer.url().toString());
        decoder.decode(issuer.token("somebody"));

        RSAKey key = new RSAKeyGenerator(2048).generate();
        for (int i = 0; i < 50; i++) {
            RSAKey stranger = new RSAKey.Builder(key).keyID("unknown-" + i).build();
            String token =
                    TokenIssuer.sign(issuer.claims("stranger", "clips:read").build(), stranger);
            assertThatThrownBy(() -> decoder.decode(token))
                    .isInstanceOfAny(BadJwtException.class, IssuerUnavailableException.class);
        }

        assertThat(issuer.keyReads()).isLessThanOrEqualTo(3);
        assertThat(decoder.decode(issuer.token("somebody")).getSubject()).isEqualTo("somebody");
    }

    @Test
    void metadataOfAnotherIssuerIsNamed() {
        String other = issuer.url() + "/";

        assertThatThrownBy(() -> new IssuerKeys(other, "").keysOfMetadata())
                .isInstanceOf(ParseException.class)
                .hasMessage("JWT_ISSUER is '" + other + "': its metadata names '" + issuer.url() + "'");
    }

    private static JwtDecoder decoder(String issuer) {
        return new JwtConfiguration(
                        TestSettings.with(Map.of("JWT_ISSUER", issuer, "JWT_AUDIENCE", TokenIssuer.AUDIENCE)))
                .jwtDecoder();
    }
}
