package routes.api.web;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import routes.settings.Settings;

/** How users sign in to the page: as a public client of the issuer, or not at all. */
@Component
class SignIn {
    private final IssuerDiscovery issuer;
    private final Settings settings;

    SignIn(IssuerDiscovery issuer, Settings settings) {
        this.issuer = issuer;
        this.settings = settings;
    }

    boolean isRequired() {
        return settings.api().auth() == Settings.Api.Auth.ON;
    }

    /** @return whether the page can send users to the issuer; otherwise they paste a token */
    boolean isOffered() {
        return isRequired()
                && !settings.web().clientId().isEmpty()
                && !settings.web().authority().isEmpty();
    }

    /** @return where users sign in; this waits a while for an issuer of which nothing is known */
    IssuerEndpoints endpoints() {
        return isOffered() ? issuer.endpoints() : IssuerEndpoints.UNKNOWN;
    }

    /** @return where users sign in, as far as it is known by now */
    IssuerEndpoints known() {
        return isOffered() ? issuer.known() : IssuerEndpoints.UNKNOWN;
    }

    @EventListener(ApplicationStartedEvent.class)
    void begin() {
        if (isOffered()) {
            issuer.begin();
        }
    }
}
