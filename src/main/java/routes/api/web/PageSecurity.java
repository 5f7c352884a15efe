package routes.api.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import routes.api.http.PagePaths;

/** The page's files are public; they get the page's own Content-Security-Policy. */
@Configuration
class PageSecurity {
    @Bean
    @Order(2)
    SecurityFilterChain page(HttpSecurity http, PagePolicy policy) throws Exception {
        return http.securityMatcher(new PagePaths())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .addHeaderWriter((request, response) -> response.setHeader(
                                "Content-Security-Policy", isPage(request) ? policy.ofPage() : policy.ofFile())))
                .build();
    }

    private static boolean isPage(HttpServletRequest request) {
        return !request.getRequestURI().startsWith(request.getContextPath() + PagePaths.FILES)
                || request.getRequestURI().endsWith(".html");
    }
}
