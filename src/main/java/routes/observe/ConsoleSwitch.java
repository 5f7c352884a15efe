package routes.observe;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Leaves Hawtio, and the MBeans of every route and step that only it reads, out of a service that nobody may look into:
 * they cost a start half a second and 15 MB.
 */
class ConsoleSwitch implements EnvironmentPostProcessor, Ordered {
    private static final String PASSWORD = "clips.console.password";
    /** What is added to the management endpoints that are served. */
    private static final String ENDPOINTS = "clips.console.endpoints";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> settings = environment.getProperty(PASSWORD, "").isEmpty()
                ? Map.of("camel.main.jmx-enabled", "false")
                : Map.of(ENDPOINTS, ",hawtio,jolokia");
        environment.getPropertySources().addLast(new MapPropertySource("console", settings));
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }
}
