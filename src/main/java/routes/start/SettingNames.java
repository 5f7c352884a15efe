package routes.start;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/** Maps a property to the environment variable that {@code application.yaml} reads it from. */
class SettingNames {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z0-9_]+)[:}]");
    private static final Pattern OTHER_SETTING = Pattern.compile("\\$\\{([A-Z0-9_]+):\\$\\{");

    private final Environment environment;

    SettingNames(Environment environment) {
        this.environment = environment;
    }

    /**
     * @param property in camel case or kebab case: {@code clips.times.retryWait} or {@code clips.times.retry-wait}
     * @return the environment variable; the property in kebab case if it is not read from one
     */
    String variable(String property) {
        Matcher placeholder = PLACEHOLDER.matcher(text(property));
        return placeholder.find() ? placeholder.group(1) : kebab(property);
    }

    /** @return whether the property is not set and its default comes from another setting, which has its own check */
    boolean isDerived(String property) {
        Matcher other = OTHER_SETTING.matcher(text(property));
        return other.find() && !environment.containsProperty(other.group(1));
    }

    /** @return the unresolved value, with placeholders; empty if the property is not defined */
    private String text(String property) {
        String name = kebab(property);
        if (environment instanceof ConfigurableEnvironment configurable) {
            for (PropertySource<?> source : configurable.getPropertySources()) {
                if (source.getProperty(name) instanceof CharSequence text) {
                    return text.toString();
                }
            }
        }
        return "";
    }

    /** @return the value with placeholders resolved; empty if none */
    String value(String property) {
        return environment.getProperty(kebab(property), "");
    }

    static String kebab(String property) {
        return property.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
