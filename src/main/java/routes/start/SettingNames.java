package routes.start;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/** From a property to the environment variable that {@code application.yaml} reads it from. */
class SettingNames {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z0-9_]+)[:}]");

    private final Environment environment;

    SettingNames(Environment environment) {
        this.environment = environment;
    }

    /** @param property in either spelling: {@code clips.times.retryWait} or {@code clips.times.retry-wait} */
    String variable(String property) {
        String name = kebab(property);
        if (environment instanceof ConfigurableEnvironment configurable) {
            for (PropertySource<?> source : configurable.getPropertySources()) {
                if (source.getProperty(name) instanceof CharSequence text) {
                    Matcher placeholder = PLACEHOLDER.matcher(text);
                    return placeholder.find() ? placeholder.group(1) : name;
                }
            }
        }
        return name;
    }

    /** @return the value with placeholders resolved, empty where there is none */
    String value(String property) {
        return environment.getProperty(kebab(property), "");
    }

    private static String kebab(String property) {
        return property.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
