package routes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import routes.settings.Settings;

/** The service's settings without the service. */
public final class TestSettings {
    private TestSettings() {}

    /** The defaults of {@code application.yaml}. */
    public static Settings defaults() {
        return with(Map.of());
    }

    /** @param variables by the names of environment variables */
    public static Settings with(Map<String, Object> variables) {
        return Binder.get(environment(variables)).bind("clips", Settings.class).get();
    }

    /** @param variables by the names of environment variables */
    public static StandardEnvironment environment(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().addFirst(new MapPropertySource("test", variables));
        try {
            new YamlPropertySourceLoader()
                    .load("application", new ClassPathResource("application.yaml"))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return environment;
    }
}
