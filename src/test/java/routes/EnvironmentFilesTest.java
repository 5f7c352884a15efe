package routes;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.settings.Settings;
import routes.support.TestSettings;

/** The template of {@code env/} and the values of each environment contain every setting once and are valid. */
class EnvironmentFilesTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)[:}]");
    private static final Set<String> DIFFERENT =
            Set.of("CLIP_URL", "S3_BUCKET_DESTINATION", "AWS_SNS_TOPIC", "AWS_SQS_QUEUE", "AWS_SQS_QUEUE_URL");

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "staging", "production"})
    void templateAndValuesNameEverySettingOnceAndAreValid(String name) throws IOException {
        Set<String> named = new TreeSet<>();
        Map<String, Object> environment = new TreeMap<>(read(Path.of("env/camclips.env"), named));
        assertThat(named).doesNotContainAnyElementsOf(DIFFERENT);
        Map<String, Object> values = read(Path.of("env", name + ".env"), named);
        environment.putAll(values);

        assertThat(values).containsOnlyKeys(DIFFERENT);
        assertThat(named).containsExactlyInAnyOrderElementsOf(variables());
        Settings settings = TestSettings.with(environment);
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            assertThat(validators.getValidator().validate(settings)).isEmpty();
        }
        assertThat(settings.bucket().destination()).isEqualTo("camclips-" + name + "-clips");
    }

    private static Set<String> variables() throws IOException {
        Set<String> variables = new TreeSet<>();
        VARIABLE.matcher(Files.readString(Path.of("src/main/resources/application.yaml")))
                .results()
                .forEach(match -> variables.add(match.group(1)));
        return variables;
    }

    /**
     * Reads a file as {@code docker run --env-file} does.
     *
     * @param named receives the names of all settings, including those that are commented out
     */
    private static Map<String, Object> read(Path file, Set<String> named) throws IOException {
        Map<String, Object> values = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("=", 2);
            String name = parts[0].replaceFirst("^# ", "");
            if (parts.length == 2 && name.matches("[A-Z0-9_]+")) {
                assertThat(named.add(name)).as(line).isTrue();
                assertThat(parts[1]).as(line).doesNotContain("\"", "'", "#");
                if (!line.startsWith("#")) {
                    values.put(name, parts[1]);
                }
            }
        }
        return values;
    }
}
