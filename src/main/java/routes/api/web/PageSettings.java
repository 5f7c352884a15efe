package routes.api.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.Locale;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;
import routes.settings.Settings;

/** The settings of the page, for its users. */
@Component("pageSettings")
public class PageSettings {
    private final Settings settings;
    private final SignIn signIn;
    private final ObjectMapper json;

    PageSettings(Settings settings, SignIn signIn, ObjectMapper json) {
        this.settings = settings;
        this.signIn = signIn;
        this.json = json;
    }

    /**
     * @return as JSON
     * @throws ClientErrorException if the page is switched off
     */
    public String json() throws JsonProcessingException {
        if (settings.web().page() == Settings.Web.Page.OFF) {
            throw ClientErrorException.notFound("the page is switched off");
        }
        return json.writeValueAsString(configuration());
    }

    private PageConfiguration configuration() {
        Settings.Web web = settings.web();
        IssuerEndpoints endpoints = signIn.endpoints();
        boolean offered = signIn.isOffered();
        return new PageConfiguration(
                settings.api().auth().name().toLowerCase(Locale.ROOT),
                settings.times().outOfRangeLimit(),
                settings.times().longestClip(),
                settings.transcode().isOn() ? settings.transcode().uploadLimit() : null,
                signIn.isRequired() ? known(web.authority()) : null,
                offered ? web.clientId() : null,
                offered ? web.scopes() : null,
                endpoints.authorization(),
                endpoints.token(),
                offered && !web.logout().isEmpty() ? URI.create(web.logout()) : endpoints.endSession(),
                known(web.zone()),
                known(web.hawtio()),
                known(web.grafana()),
                PageSettings.class.getPackage().getImplementationVersion());
    }

    private static String known(String setting) {
        return setting.isEmpty() ? null : setting;
    }
}
