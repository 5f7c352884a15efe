package routes;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.settings.Settings;
import routes.support.TestSettings;

/** The samples of {@code env/} name every setting, no other, and the service would start with them. */
class EnvironmentSamplesTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)[:}]");

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "staging", "prod"})
    void aSampleNamesEverySettingAndIsValid(String name) throws IOException {
        Map<String, Object> sample = sample(Path.of("env", name + ".env"));

        assertThat(sample.keySet()).containsExactlyInAnyOrderElementsOf(variables());
        Settings settings = TestSettings.with(sample);
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            assertThat(validators.getValidator().validate(settings)).isEmpty();
        }
        assertThat(settings.jobs().table()).isEqualTo("camclips-" + name + "-jobs");
    }

    private static Set<String> variables() throws IOException {
        Set<String> variables = new TreeSet<>();
        VARIABLE.matcher(Files.readString(Path.of("src/main/resources/application.yaml")))
                .results()
                .forEach(match -> variables.add(match.group(1)));
        return variables;
    }

    /** Read as {@code docker run --env-file} reads it. */
    private static Map<String, Object> sample(Path file) throws IOException {
        Map<String, Object> sample = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("=", 2);
                assertThat(parts[1]).as(line).doesNotContain("\"", "'", "#");
                assertThat(sample.put(parts[0], parts[1])).as(line).isNull();
            }
        }
        return sample;
    }
}
