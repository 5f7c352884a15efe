package routes.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import routes.support.TestSettings;

class TokenRolesTest {
    static Stream<Arguments> tokens() {
        Map<String, Object> groups = Map.of(
                "JWT_ROLES_CLAIM", "cognito:groups", "JWT_READ_ROLES", "viewers", "JWT_WRITE_ROLES", "operators");
        return Stream.of(
                Arguments.of(Map.of(), Map.of("scope", "clips:read openid"), "clips:read"),
                Arguments.of(Map.of(), Map.of("scp", List.of("clips:read", "clips:write")), "clips:read clips:write"),
                Arguments.of(Map.of(), Map.of("roles", List.of("clips:read")), ""),
                Arguments.of(Map.of(), Map.of("scope", "clips:reader"), ""),
                Arguments.of(
                        Map.of("JWT_SCOPE_PREFIX", "c/"), Map.of("scope", "c/clips:write clips:read"), "clips:write"),
                Arguments.of(groups, Map.of("cognito:groups", List.of("viewers")), "clips:read"),
                Arguments.of(groups, Map.of("cognito:groups", List.of("operators")), "clips:write"),
                Arguments.of(groups, Map.of("scope", "clips:read"), ""),
                Arguments.of(
                        Map.of("JWT_ROLES_CLAIM", "realm_access.roles", "JWT_READ_ROLES", "a b"),
                        Map.of("realm_access", Map.of("roles", List.of("b"))),
                        "clips:read"),
                Arguments.of(
                        Map.of("JWT_ROLES_CLAIM", "https://x.example/roles"),
                        Map.of("https://x.example/roles", List.of("clips:write")),
                        "clips:write"),
                Arguments.of(
                        Map.of("JWT_ROLES_CLAIM", "roles permissions"),
                        Map.of("permissions", List.of("clips:read")),
                        "clips:read"),
                Arguments.of(Map.of("JWT_READ_ROLES", "*"), Map.of("token_use", "id"), "clips:read"));
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void rolesOfTheChosenClaimAllowReadingAndWriting(
            Map<String, Object> settings, Map<String, Object> claims, String granted) {
        assertThat(roles(settings).convert(token(claims)).getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(granted);
    }

    @Test
    void aTokenWithoutASubjectIsThatOfItsClient() {
        assertThat(roles(Map.of()).convert(token(Map.of("client_id", "a"))).getName())
                .isEqualTo("a");
        assertThat(roles(Map.of())
                        .convert(token(Map.of("sub", "s", "client_id", "a")))
                        .getName())
                .isEqualTo("s");
    }

    private static TokenRoles roles(Map<String, Object> settings) {
        return new TokenRoles(TestSettings.with(settings));
    }

    private static Jwt token(Map<String, Object> claims) {
        Map<String, Object> all = new HashMap<>(claims);
        all.put("iss", "test");
        return Jwt.withTokenValue("t")
                .header("alg", "RS256")
                .claims(to -> to.putAll(all))
                .build();
    }
}
