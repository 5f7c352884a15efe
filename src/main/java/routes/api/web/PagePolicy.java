package routes.api.web;

import java.net.URI;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import routes.aws.PresignedLinks;
import routes.settings.Settings;

/**
 * The page's Content-Security-Policy: scripts and styles from this service, images, media and connections also from the
 * bucket of clips, images also from that of snapshots, connections also to the issuer. If films are transcoded, the page also connects to their buckets and
 * plays the media source of hls.js, whose address is a {@code blob:}.
 */
@Component
class PagePolicy {
    private final SignIn signIn;
    private final String images;
    private final String media;
    private final String connections;
    private final URI issuer;

    PagePolicy(
            Settings settings,
            SignIn signIn,
            PresignedLinks links,
            @Qualifier("snapshotLinks") PresignedLinks pictures,
            @Qualifier("streamLinks") PresignedLinks streams,
            @Qualifier("uploadLinks") ObjectProvider<PresignedLinks> uploads) {
        this.signIn = signIn;
        this.issuer = signIn.isOffered() ? URI.create(settings.web().authority()) : null;
        String clips = source(links);
        boolean films = settings.transcode().isOn();
        this.images = joined("'self'", "blob:", clips, source(pictures));
        this.media = films ? joined("'self'", "blob:", clips, source(streams)) : joined("'self'", clips);
        this.connections =
                films ? joined("'self'", clips, source(streams), source(uploads.getObject())) : joined("'self'", clips);
    }

    /** @return the policy of the page itself, which could not sign in without the token endpoint, so it waits for that */
    String ofPage() {
        return text(signIn.endpoints());
    }

    /** @return the policy of the other files, which browsers do not enforce */
    String ofFile() {
        return text(signIn.known());
    }

    private String text(IssuerEndpoints endpoints) {
        String issuers = Stream.of(issuer, endpoints.token())
                .filter(Objects::nonNull)
                .map(PagePolicy::origin)
                .distinct()
                .map(origin -> " " + origin)
                .collect(Collectors.joining());
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src " + images + "; media-src " + media
                + "; connect-src " + connections + issuers
                + "; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    }

    private static String joined(String... sources) {
        return Stream.of(sources).distinct().collect(Collectors.joining(" "));
    }

    /** @return the bucket's base, or its origin if the bucket has one of its own */
    private static String source(PresignedLinks links) {
        return links.base().toString().replaceFirst("^(https?://[^/]+)/$", "$1");
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }
}
