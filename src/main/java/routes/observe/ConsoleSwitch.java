package routes.observe;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Disables Hawtio and its MBeans of routes and steps if no password is set. They cost a start half a second and 15 MB.
 */
class ConsoleSwitch implements EnvironmentPostProcessor, Ordered {
    private static final String PASSWORD = "clips.console.password";
    /** Added to the exposed management endpoints. */
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
