package routes.api.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
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
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import routes.settings.Settings;

/** Authorizes REST requests by bearer tokens with scopes, or permits all of them if {@code API_AUTH} is off. */
@Configuration
class ApiSecurity {
    private static final Logger LOG = LoggerFactory.getLogger(ApiSecurity.class);
    /** The documentation page has inline styles and data-URL images. */
    private static final String CONTENT_POLICY =
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

    private static final HeaderWriter NO_CACHE = new CacheControlHeadersWriter();
    private static final Pattern CACHED = Pattern.compile("/jobs/[^/]+/frames|/(cameras|streams)/[^/]+/snapshot\\.jpg");

    private final Settings.Api settings;

    ApiSecurity(Settings settings) {
        this.settings = settings.api();
        if (this.settings.auth() == Settings.Api.Auth.OFF) {
            LOG.warn("API_AUTH is off: any program on this machine can use the API");
        }
    }

    /** Management endpoints for operators; Hawtio and its endpoints have a separate filter chain. */
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
    @Order(3)
    SecurityFilterChain api(
            HttpSecurity http, SecurityErrorHandler refusals, JwtDecoder tokens, TokenHeader header, TokenRoles roles)
            throws Exception {
        http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                        .addHeaderWriter(ApiSecurity::forbidCaching))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .authorizeHttpRequests(this::authorize);
        if (settings.auth() == Settings.Api.Auth.ON) {
            http.oauth2ResourceServer(server -> server.bearerTokenResolver(header)
                    .jwt(jwt -> jwt.decoder(tokens).jwtAuthenticationConverter(roles))
                    .authenticationEntryPoint(refusals)
                    .accessDeniedHandler(refusals));
        }
        return http.build();
    }

    /** Answers with frames and pictures say how long they may be kept. */
    private static void forbidCaching(HttpServletRequest request, HttpServletResponse response) {
        if (!CACHED.matcher(request.getRequestURI()).matches()) {
            NO_CACHE.writeHeaders(request, response);
        }
    }

    private void authorize(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        // async and error dispatches belong to requests that are already authorized
        requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                .permitAll();
        if (settings.auth() == Settings.Api.Auth.OFF) {
            requests.anyRequest().permitAll();
            return;
        }
        requests.requestMatchers(HttpMethod.GET, "/openapi.yaml", "/docs", "/docs/**", "/webjars/**")
                .permitAll()
                .requestMatchers(HttpMethod.GET)
                .hasAuthority(TokenRoles.READ)
                // who may read a stream may hand it to a player
                .requestMatchers(HttpMethod.POST, "/jobs/*/playlist-token")
                .hasAuthority(TokenRoles.READ)
                .anyRequest()
                .hasAuthority(TokenRoles.WRITE);
    }
}
