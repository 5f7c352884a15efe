package routes.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Every environment variable of {@code application.yaml} can be set in the chart's values. */
class ChartSettingsTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)(?::([^{}\\n]*))?}");
    /** Settings that the chart derives from other values, and a value that changes each of them. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "ROLE", "deployments: both",
            "SCRATCH_LIMIT", "roles: {worker: {scratchGiB: 3}}",
            "EXTRA_ROUTES", "extraRoutes: {a.camel.yaml: ''}");
    /** Samples that are valid together with the others, one of which is API_AUTH off. */
    private static final Map<String, Object> SAMPLES = Map.of(
            "SERVER_ADDRESS", "127.0.0.2",
            "LOG_LEVEL", "WARNING",
            "PLAYLIST_ORIGINS", "https://pages.example.com",
            "TRANSCODE_ENGINES", "ffmpeg mediaconvert",
            "MEDIACONVERT_ROLE", "arn:aws:iam::123456789012:role/mediaconvert",
            "MEDIACONVERT_STATUS_INTERVAL", "SECONDS_20");
    /** Settings from the Secret in existingSecret. */
    private static final Set<String> SECRET =
            Set.of("CONSOLE_PASSWORD", "PLAYLIST_SECRET", "SNAPSHOT_S3_ACCESS_KEY_ID", "SNAPSHOT_S3_SECRET_ACCESS_KEY");

    @Test
    void everySettingReachesTheServiceAsItWasSet() throws Exception {
        JsonNode schema = new ObjectMapper()
                .readTree(Files.readString(RenderedChart.CHART.resolve("values.schema.json")))
                .at("/properties/settings/properties");
        Map<String, Object> wanted = new TreeMap<>();
        for (String name : defaults().keySet()) {
            if (!OTHERWISE.containsKey(name) && !SECRET.contains(name)) {
                assertThat(schema.has(name))
                        .as("%s in values.schema.json", name)
                        .isTrue();
                wanted.put(name, SAMPLES.getOrDefault(name, sample(schema.get(name))));
            }
        }

        RenderedChart chart = RenderedChart.of(new Yaml().dump(Map.of("settings", wanted)));

        wanted.forEach(
                (name, value) -> assertThat(chart.environment("worker")).containsEntry(name, String.valueOf(value)));
        for (Map.Entry<String, String> other : OTHERWISE.entrySet()) {
            RenderedChart changed = RenderedChart.of(other.getValue());
            String role = other.getKey().equals("ROLE") ? "both" : "worker";
            assertThat(changed.environment(role).get(other.getKey()))
                    .as(other.getKey())
                    .isNotNull()
                    .isNotEqualTo(RenderedChart.of("").environment("worker").get(other.getKey()));
        }
    }

    @Test
    void theChartNamesNoOtherSettingAndTheServicesOwnDefaults() throws Exception {
        Map<String, String> defaults = defaults();
        Map<String, Object> values = new Yaml().load(Files.readString(RenderedChart.CHART.resolve("values.yaml")));
        @SuppressWarnings("unchecked")
        Map<String, Object> settings = (Map<String, Object>) values.get("settings");

        assertThat(settings.keySet()).isSubsetOf(defaults.keySet()).doesNotContainAnyElementsOf(SECRET);
        settings.forEach((name, value) -> {
            // the loopback address and a temporary folder are useless in a pod
            boolean ofThePod = name.endsWith("_ADDRESS") || name.equals("CLIP_DOWNLOAD_DEST");
            if (!String.valueOf(value).isEmpty() && !ofThePod) {
                assertThat(value).as(name).hasToString(defaults.get(name));
            }
        });
    }

    /** @return by variable, empty if it has none */
    private static Map<String, String> defaults() throws Exception {
        Map<String, String> defaults = new LinkedHashMap<>();
        VARIABLE.matcher(Files.readString(Path.of("src/main/resources/application.yaml"))
                        .replaceAll("\\$\\{[a-z][^{}]*}", ""))
                .results()
                .forEach(match -> defaults.put(match.group(1), match.group(2) == null ? "" : match.group(2)));
        return defaults;
    }

    /** @return a valid value for the schema, different from the default */
    private static Object sample(JsonNode kind) {
        if (kind.has("enum")) {
            return kind.get("enum").get(1).asText();
        }
        if ("integer".equals(kind.path("type").asText())) {
            return kind.path("minimum").asInt() + 1;
        }
        String pattern = kind.path("pattern").asText();
        return pattern.contains("https?")
                ? "https://sample.example.com/x"
                : pattern.startsWith("^/") ? "/sample" : "1234";
    }
}
