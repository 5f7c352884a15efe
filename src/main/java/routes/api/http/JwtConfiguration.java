package routes.api.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;
import routes.settings.Settings;

/** Validates bearer tokens: signed with the issuer's keys, for an accepted audience, not expired. */
@Configuration
class JwtConfiguration {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Settings.Api settings;

    JwtConfiguration(Settings settings) {
        this.settings = settings.api();
    }

    /** Contacts the issuer when the first token arrives, so that the service starts without it. */
    @Bean
    JwtDecoder jwtDecoder(RestTemplateBuilder http) {
        RestTemplate keys = http.connectTimeout(PATIENCE).readTimeout(PATIENCE).build();
        return new SupplierJwtDecoder(() -> {
            NimbusJwtDecoder decoder = settings.jwksUrl().isEmpty()
                    ? NimbusJwtDecoder.withIssuerLocation(settings.issuer())
                            .restOperations(keys)
                            .build()
                    : NimbusJwtDecoder.withJwkSetUri(settings.jwksUrl())
                            .restOperations(keys)
                            // all are asymmetric, so that no token can be signed with a public key
                            .jwsAlgorithms(all -> all.addAll(List.of(SignatureAlgorithm.values())))
                            .build();
            decoder.setJwtValidator(checks());
            return decoder;
        });
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
