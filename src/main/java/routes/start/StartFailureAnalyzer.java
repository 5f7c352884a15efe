package routes.start;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import routes.aws.AwsEnvironment;
import routes.settings.InvalidSettingException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Describes in one line why the service cannot start. */
class StartFailureAnalyzer implements FailureAnalyzer {
    private static final int MOST_CAUSES = 20;

    private final SettingNames names;

    StartFailureAnalyzer(Environment environment) {
        this.names = new SettingNames(environment);
    }

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        return new FailureAnalysis(line(failure), null, failure);
    }

    private String line(Throwable failure) {
        List<Throwable> causes = causes(failure);
        for (int i = causes.size() - 1; i >= 0; i--) {
            Throwable cause = causes.get(i);
            if (cause instanceof InvalidSettingException wrong) {
                return wrong.getMessage();
            }
            if (cause instanceof PortInUseException port) {
                return "port " + port.getPort() + " is taken: free it, or set SERVER_PORT or MANAGEMENT_PORT";
            }
            if (cause instanceof SdkClientException aws) {
                return oneLine(AwsEnvironment.unreachable(aws));
            }
            if (cause instanceof BindException bind) {
                return unreadable(bind);
            }
        }
        Throwable root = causes.get(causes.size() - 1);
        return oneLine(root.getClass().getSimpleName() + ": " + root.getMessage());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }

    /** @return message for an invalid Spring property; {@link SettingsCheck} does not validate these */
    private String unreadable(BindException bind) {
        ConfigurationProperty property = bind.getProperty();
        if (property == null) {
            return bind.getName() + ": " + bind.getCause();
        }
        String name = property.getOrigin() instanceof SystemEnvironmentOrigin variable
                ? variable.getProperty()
                : names.variable(bind.getName().toString());
        return InvalidSettingException.text(
                name,
                String.valueOf(property.getValue()),
                allowed(bind.getTarget().getType()));
    }

    private static String allowed(ResolvableType target) {
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(target.resolve(Object.class));
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(value -> value.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
        }
        if (Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        return type == Boolean.class
                ? "true or false"
                : type == Duration.class ? "a duration such as 10s" : "readable as " + type.getSimpleName();
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable t = failure; t != null && causes.size() < MOST_CAUSES; t = t.getCause()) {
            causes.add(t);
        }
        return causes;
    }
}
