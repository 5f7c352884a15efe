package routes.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Route;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import routes.support.OwnService;

/** A folder of routes mounted by Kubernetes: each file is a symbolic link into a dated folder. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need privileges on Windows")
class ExtraRoutesTest {
    private static final Path PUBLISH = Path.of("src/main/resources/camel/delivery/publish.camel.yaml");
    private static final Path SINKS = Path.of("src/main/resources/camel/delivery/sinks.camel.yaml");
    private static final String NEW =
            """
            - route:
                id: extra
                from:
                  id: from-extra
                  uri: direct:extra
                  steps:
                    - setBody: {id: say-extra, constant: "from outside"}
            """;

    @TempDir
    Path mounted;

    private Path dated;

    @BeforeEach
    void mount() throws IOException {
        dated = Files.createDirectory(mounted.resolve("..2026_05_04_12_00_00.1"));
        Files.createSymbolicLink(mounted.resolve("..data"), dated.getFileName());
    }

    /** A name with {@code __} is that of a ConfigMap's key; a folder is that of its {@code items[].path}. */
    @Test
    void filesAddRoutesAndReplaceTheBundledOnesOfTheirPath() throws Exception {
        put("extra.camel.yaml", NEW);
        put("delivery__publish.camel.yaml", described(PUBLISH));
        Files.createDirectory(dated.resolve("delivery"));
        Files.writeString(dated.resolve("delivery/sinks.camel.yaml"), described(SINKS));
        Files.createSymbolicLink(mounted.resolve("delivery"), Path.of("..data", "delivery"));

        try (OwnService service = start()) {
            assertThat(service.camel()
                            .createFluentProducerTemplate()
                            .to("direct:extra")
                            .request(String.class))
                    .isEqualTo("from outside");
            assertThat(service.camel().getRoute("publish").getDescription()).isEqualTo("replaced");
            assertThat(service.camel().getRoute("publish-to-sns").getDescription())
                    .isEqualTo("replaced");
            assertThat(service.camel().getRoute("clip"))
                    .as("bundled routes are kept")
                    .isNotNull();
        }
    }

    private static String described(Path bundled) throws IOException {
        return Files.readString(bundled).replaceAll("description: (Sends|Publishes) .*", "description: replaced");
    }

    @Test
    void aBrokenFileIsNamedWithItsLine() throws IOException {
        put("extra.camel.yaml", NEW.replace("- setBody", "- setBodi"));

        assertThatThrownBy(this::start)
                .hasStackTraceContaining("extra.camel.yaml")
                .hasStackTraceContaining("line 7");
    }

    @Test
    void aWorkerDoesNotServeReplacedRoutesOfTheApi() throws Exception {
        String bundled = "src/main/resources/camel/api/jobs.camel.yaml";
        put("api__jobs.camel.yaml", Files.readString(Path.of(bundled)));

        try (OwnService service = start(Map.of("ROLE", "worker"))) {
            assertThat(service.camel().getRoute("clip")).isNotNull();
            assertThat(service.camel().getRoutes()).extracting(Route::getId).noneMatch(id -> service.camel()
                    .getRoute(id)
                    .getEndpoint()
                    .getEndpointUri()
                    .startsWith("rest"));
        }
    }

    private OwnService start() {
        return start(Map.of());
    }

    private OwnService start(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("EXTRA_ROUTES", mounted.toString());
        return OwnService.start(OwnService.resources(), settings);
    }

    private void put(String name, String content) throws IOException {
        Files.writeString(dated.resolve(name), content);
        Files.createSymbolicLink(mounted.resolve(name), Path.of("..data", name));
    }
}
