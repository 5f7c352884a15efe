package routes.observe;

import io.hawt.springboot.HawtioEndpoint;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.jolokia.support.spring.actuator.JolokiaWebEndpoint;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import routes.settings.Settings;

/** Protects Hawtio and Jolokia: one user with a password, or no access. See docs/decisions/0024. */
@Configuration
class ConsoleSecurity {
    @Bean
    @Order(0)
    SecurityFilterChain console(HttpSecurity http, Settings settings) throws Exception {
        http.securityMatcher(EndpointRequest.to(HawtioEndpoint.class, JolokiaWebEndpoint.class))
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        Settings.Console console = settings.console();
        if (console.password().isEmpty()) {
            // they are not exposed then, unless a property exposes them
            return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                    .build();
        }
        return http.authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers(ConsoleSecurity::isOfAnotherSite)
                                .denyAll()
                                .anyRequest()
                                .authenticated())
                .httpBasic(Customizer.withDefaults())
                .authenticationManager(user(console))
                .headers(headers -> headers.frameOptions(frame -> frame.sameOrigin()))
                .build();
    }

    /** Another site could send requests with the password that the browser keeps. */
    private static boolean isOfAnotherSite(HttpServletRequest request) {
        // images are requested without an origin
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        String origin = request.getHeader("Origin");
        return origin != null && !origin.replaceFirst("^https?://", "").equals(request.getHeader("Host"));
    }

    private static ProviderManager user(Settings.Console console) {
        BCryptPasswordEncoder encoder = new BCryptPasswordEncoder();
        DaoAuthenticationProvider provider =
                new DaoAuthenticationProvider(new InMemoryUserDetailsManager(User.withUsername(console.user())
                        .password(encoder.encode(console.password()))
                        .build()));
        provider.setPasswordEncoder(encoder);
        return new ProviderManager(provider);
    }
}
