package routes.api.http;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import routes.settings.Settings;

/** Grants reading and writing by the roles in a token: its scopes, or another claim. */
@Component
class TokenRoles implements Converter<Jwt, AbstractAuthenticationToken> {
    static final String READ = "clips:read";
    static final String WRITE = "clips:write";

    private static final String ANY = "*";
    private static final List<String> NAMES = List.of("sub", "client_id", "azp");

    private final List<String> claims;
    private final Set<String> readers;
    private final Set<String> writers;

    TokenRoles(Settings settings) {
        this.claims = List.of(settings.api().rolesClaim().split(" "));
        this.readers = Set.of(settings.api().readRoles().split(" "));
        this.writers = Set.of(settings.api().writeRoles().split(" "));
    }

    /** @return named by the subject, or by the client of a token without one */
    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        Set<String> roles = new LinkedHashSet<>();
        claims.forEach(claim -> add(roles, value(token.getClaims(), claim)));
        List<GrantedAuthority> granted = Stream.of(
                        grants(readers, roles) ? READ : null, grants(writers, roles) ? WRITE : null)
                .filter(authority -> authority != null)
                .<GrantedAuthority>map(SimpleGrantedAuthority::new)
                .toList();
        String name = NAMES.stream()
                .map(token::getClaimAsString)
                .filter(value -> value != null)
                .findFirst()
                .orElse(null);
        return new JwtAuthenticationToken(token, granted, name);
    }

    private static boolean grants(Set<String> wanted, Set<String> roles) {
        return wanted.contains(ANY) || wanted.stream().anyMatch(roles::contains);
    }

    /** @param claim a name, or a path of names with dots between them */
    private static Object value(Map<?, ?> claims, String claim) {
        if (claims.containsKey(claim)) {
            return claims.get(claim);
        }
        int dot = claim.indexOf('.');
        return dot > 0 && claims.get(claim.substring(0, dot)) instanceof Map<?, ?> nested
                ? value(nested, claim.substring(dot + 1))
                : null;
    }

    private static void add(Set<String> roles, Object value) {
        if (value instanceof String text) {
            roles.addAll(List.of(text.split(" ")));
        } else if (value instanceof Collection<?> all) {
            all.forEach(role -> roles.add(String.valueOf(role)));
        }
    }
}
