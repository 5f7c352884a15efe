package routes.api.http;

import jakarta.servlet.DispatcherType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import routes.settings.Settings;

/** Who may do what over REST: bearer tokens with scopes, or anybody on this machine where that is set so. */
@Configuration
class ApiSecurity {
    private static final Logger LOG = LoggerFactory.getLogger(ApiSecurity.class);
    /** Pictures and styles of the documentation's page are in it. */
    private static final String CONTENT_POLICY =
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

    private final Settings.Api settings;

    ApiSecurity(Settings settings) {
        this.settings = settings.api();
        if (this.settings.auth() == Settings.Api.Auth.OFF) {
            LOG.warn("API_AUTH is off: every program on this machine may use the API");
        }
    }

    /** What operators ask on the management port; Hawtio and what it asks have a chain of their own. */
    @Bean
    @Order(1)
    SecurityFilterChain observe(HttpSecurity http) throws Exception {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to("health", "prometheus"))
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain api(HttpSecurity http, SecurityErrorHandler refusals, JwtDecoder tokens) throws Exception {
        http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY)))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .authorizeHttpRequests(this::authorize);
        if (settings.auth() == Settings.Api.Auth.ON) {
            http.oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(tokens))
                    .authenticationEntryPoint(refusals)
                    .accessDeniedHandler(refusals));
        }
        return http.build();
    }

    private void authorize(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        // what goes on after the answer was begun was let in before
        requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                .permitAll();
        if (settings.auth() == Settings.Api.Auth.OFF) {
            requests.anyRequest().permitAll();
            return;
        }
        requests.requestMatchers(HttpMethod.GET, "/openapi.yaml", "/docs", "/docs/**", "/webjars/**")
                .permitAll()
                .requestMatchers(HttpMethod.GET)
                .hasAuthority(scope("clips:read"))
                .anyRequest()
                .hasAuthority(scope("clips:write"));
    }

    private String scope(String name) {
        return "SCOPE_" + settings.scopePrefix() + name;
    }
}
