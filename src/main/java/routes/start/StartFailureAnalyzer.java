package routes.start;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.Environment;
import org.springframework.validation.FieldError;
import routes.settings.InvalidSettingException;

/** Says in one line why the service cannot start. */
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
            if (cause instanceof BindValidationException invalid) {
                return invalid(invalid);
            }
            if (cause instanceof PortInUseException port) {
                return "port " + port.getPort() + " is taken: free it, or set SERVER_PORT or MANAGEMENT_PORT";
            }
            if (cause instanceof BindException bind) {
                return unreadable(bind, causes);
            }
        }
        Throwable root = causes.get(causes.size() - 1);
        return (root.getClass().getSimpleName() + ": " + root.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }

    private String invalid(BindValidationException invalid) {
        List<String> lines = new ArrayList<>();
        invalid.getValidationErrors().forEach(error -> {
            FieldError field = (FieldError) error;
            String property = invalid.getValidationErrors().getName() + "." + field.getField();
            String variable = names.variable(property);
            if (property.endsWith(".password")) {
                lines.add(variable + ", which is not shown, must be " + field.getDefaultMessage());
            } else {
                String value = String.valueOf(field.getRejectedValue());
                lines.add(new InvalidSettingException(variable, value, field.getDefaultMessage()).getMessage());
            }
        });
        return String.join("; ", lines);
    }

    private String unreadable(BindException bind, List<Throwable> causes) {
        ConfigurationPropertyName name = bind.getName();
        Object value = bind.getProperty() == null ? "" : names.value(name.toString());
        boolean number = causes.stream().anyMatch(NumberFormatException.class::isInstance);
        return new InvalidSettingException(
                        names.variable(name.toString()), String.valueOf(value), number ? "a whole number" : "readable")
                .getMessage();
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable t = failure; t != null && causes.size() < MOST_CAUSES; t = t.getCause()) {
            causes.add(t);
        }
        return causes;
    }
}
