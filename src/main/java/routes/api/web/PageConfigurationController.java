package routes.api.web;

import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import routes.api.http.PagePaths;
import routes.settings.Settings;

/** Serves the settings of the page. */
@RestController
@PageCondition
class PageConfigurationController {
    private final Settings settings;
    private final SignIn signIn;

    PageConfigurationController(Settings settings, SignIn signIn) {
        this.settings = settings;
        this.signIn = signIn;
    }

    @GetMapping(PagePaths.FILES + "config.json")
    ResponseEntity<PageConfiguration> configuration() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(current());
    }

    private PageConfiguration current() {
        Settings.Web web = settings.web();
        IssuerEndpoints endpoints = signIn.endpoints();
        String logout =
                endpoints.endSession() == null ? null : endpoints.endSession().toString();
        boolean offered = signIn.isOffered();
        return new PageConfiguration(
                settings.api().auth().name().toLowerCase(Locale.ROOT),
                signIn.isRequired() ? known(web.authority()) : null,
                offered ? web.clientId() : null,
                offered ? web.scopes() : null,
                endpoints.authorization(),
                endpoints.token(),
                offered && !web.logout().isEmpty() ? web.logout() : logout,
                known(web.zone()),
                known(web.hawtio()),
                known(web.grafana()),
                PageConfigurationController.class.getPackage().getImplementationVersion());
    }

    private static String known(String setting) {
        return setting.isEmpty() ? null : setting;
    }
}
