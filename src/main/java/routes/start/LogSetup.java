package routes.start;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Sets log level and format from LOG_LEVEL and LOG_FORMAT. Spring fails on an invalid value without a readable message,
 * so invalid values are ignored here, and {@link SettingsCheck} reports them.
 */
class LogSetup implements EnvironmentPostProcessor, Ordered {
    private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");
    /** Level names of Python's logging. NOTSET logs everything, and DEBUG is Python's lowest level. */
    private static final Map<String, String> PYTHON =
            Map.of("WARNING", "WARN", "CRITICAL", "ERROR", "FATAL", "ERROR", "NOTSET", "DEBUG");

    private static final Set<String> FORMATS = Set.of("ecs", "gelf", "logstash");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> settings = new HashMap<>();
        String named = environment.getProperty("clips.log.level", "INFO").toUpperCase(Locale.ROOT);
        String level = PYTHON.getOrDefault(named, named);
        if (LEVELS.contains(level)) {
            settings.put("logging.level.root", level);
        }
        String format = environment.getProperty("clips.log.format", "");
        if (FORMATS.contains(format)) {
            settings.put("logging.structured.format.console", format);
        }
        environment.getPropertySources().addLast(new MapPropertySource("log", settings));
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }
}
