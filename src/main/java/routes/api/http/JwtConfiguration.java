package routes.api.http;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import routes.settings.Settings;

/**
 * Validates bearer tokens: signed with the issuer's keys, for an accepted audience, not expired. The issuer is contacted
 * when the first token arrives, so that the service starts without it.
 */
@Configuration
class JwtConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(JwtConfiguration.class);
    /** How long keys are used before they are read again, which is begun ahead of the end. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private static final Duration AHEAD = Duration.ofMinutes(1);
    private static final Duration TO_READ = Duration.ofSeconds(15);
    /** Keys are read again for tokens with unknown key ids, but no more often than this. */
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(30);
    /** How long known keys are used while the issuer does not answer. */
    private static final Duration KEPT = Duration.ofHours(12);

    private static final Set<JOSEObjectType> TYPES = new HashSet<>(Arrays.asList(
            null, JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt")));

    private final Settings.Api settings;
    private final IssuerKeys issuer;

    JwtConfiguration(Settings settings) {
        this.settings = settings.api();
        this.issuer = new IssuerKeys(this.settings.issuer(), this.settings.jwksUrl());
    }

    @Bean
    JwtDecoder jwtDecoder() {
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(issuer)
                .cache(FRESH.toMillis(), TO_READ.toMillis())
                .refreshAheadCache(AHEAD.toMillis(), false)
                .rateLimited(AT_MOST_EVERY.toMillis())
                .outageTolerant(KEPT.toMillis())
                .build();
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPES));
        // all are asymmetric, so that no token can be signed with a public key
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.Family.SIGNATURE, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {
            // the checks below do
        });
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(checks());
        return token -> decoded(decoder, token);
    }

    private static Jwt decoded(JwtDecoder decoder, String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException e) {
            throw e;
        } catch (JwtException e) {
            throw new IssuerUnavailableException(e.getMessage(), e);
        }
    }

    /** Reports an issuer that differs from its metadata, whose tokens would all be refused. */
    @EventListener(ApplicationReadyEvent.class)
    void checkIssuer() {
        if (settings.auth() == Settings.Api.Auth.ON && settings.jwksUrl().isEmpty()) {
            // its failure is logged
            var unused = CompletableFuture.runAsync(() -> {
                try {
                    issuer.keysOfMetadata();
                } catch (ParseException e) {
                    LOG.error("tokens cannot be checked: {}", e.getMessage());
                } catch (IOException e) {
                    LOG.warn("the issuer of tokens does not answer yet: {}", e.toString());
                }
            });
        }
    }

    private OAuth2TokenValidator<Jwt> checks() {
        List<OAuth2TokenValidator<Jwt>> checks = new ArrayList<>();
        checks.add(new JwtTimestampValidator());
        checks.add(new JwtClaimValidator<>(JwtClaimNames.EXP, Objects::nonNull));
        checks.add(this::audience);
        if (!settings.issuer().isEmpty()) {
            checks.add(new JwtIssuerValidator(settings.issuer()));
        }
        return new DelegatingOAuth2TokenValidator<>(checks);
    }

    /** Cognito access tokens have no {@code aud}; their {@code client_id} is used instead. */
    private OAuth2TokenValidatorResult audience(Jwt token) {
        Set<String> accepted = Set.of(settings.audience().split(" "));
        List<String> audience =
                token.getAudience() == null || token.getAudience().isEmpty()
                        ? List.of(String.valueOf(token.getClaimAsString("client_id")))
                        : token.getAudience();
        return audience.stream().anyMatch(accepted::contains)
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(
                        new OAuth2Error("invalid_token", "the token is for another audience", null));
    }
}
