package routes.api.web;

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

    IssuerEndpoints endpoints() {
        return isOffered() ? issuer.endpoints() : IssuerEndpoints.UNKNOWN;
    }
}
