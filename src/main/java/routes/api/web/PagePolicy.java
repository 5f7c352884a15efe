package routes.api.web;

import java.net.URI;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import routes.aws.PresignedLinks;
import routes.settings.Settings;

/**
 * The page's Content-Security-Policy: scripts and styles from this service, images, media and connections also from the
 * bucket of clips, connections also to the issuer.
 */
@Component
class PagePolicy {
    private final SignIn signIn;
    private final String bucket;
    private final URI issuer;

    PagePolicy(Settings settings, SignIn signIn, PresignedLinks links) {
        this.signIn = signIn;
        this.bucket = links.base().toString().replaceFirst("^(https?://[^/]+)/$", "$1");
        this.issuer = signIn.isOffered() ? URI.create(settings.web().authority()) : null;
    }

    /** @return the policy, with the token endpoint as far as it is known by now */
    String text() {
        String issuers = Stream.of(issuer, signIn.endpoints().token())
                .filter(Objects::nonNull)
                .map(PagePolicy::origin)
                .distinct()
                .map(origin -> " " + origin)
                .collect(Collectors.joining());
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: " + bucket
                + "; media-src 'self' " + bucket + "; connect-src 'self' " + bucket + issuers
                + "; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }
}
