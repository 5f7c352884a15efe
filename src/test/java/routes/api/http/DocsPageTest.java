package routes.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import routes.support.Browser;
import routes.support.LocalCloud;
import routes.support.ServiceProcess;

/** The Swagger UI page in a real Chromium: it loads from this service alone and sends requests to it. */
@Tag("full")
class DocsPageTest {
    private static final Duration TO_RENDER = Duration.ofSeconds(30);
    private static final String OPERATION = "document.querySelector('#operations-jobs-listJobs";

    @Test
    void theContractIsReadAndTriedOnItsPage() throws IOException {
        try (Browser browser = Browser.start();
                ServiceProcess service =
                        ServiceProcess.service(LocalCloud.shared().newResources("-docs"), Map.of("DRAIN", "1"))) {
            service.awaitApi();
            browser.open(URI.create(service.api() + "/docs"));
            await().atMost(TO_RENDER)
                    .untilAsserted(() -> assertThat(browser.evaluate("document.querySelectorAll('.opblock').length")
                                    .asInt())
                            .isEqualTo(operations()));

            browser.evaluate(OPERATION + " .opblock-summary-control').click()");
            await().until(() ->
                    browser.evaluate(OPERATION + " .execute') !== null").asBoolean());
            browser.evaluate(OPERATION + " .execute').click()");

            String status = OPERATION + " .live-responses-table tbody .response-col_status')?.innerText ?? ''";
            await().until(() -> !browser.evaluate(status + ".trim()").asText().isEmpty());
            assertThat(browser.evaluate(status).asText()).startsWith("200");
            assertThat(
                            browser.evaluate(
                                    "performance.getEntriesByType('resource').map(r => new URL(r.name).host).filter(h => h !== location.host)"))
                    .as("other hosts")
                    .isEmpty();
            browser.screenshot(
                    Files.createDirectories(Path.of("target", "screenshots")).resolve("docs.png"));
        }
    }

    private static int operations() throws IOException {
        try (InputStream contract = DocsPageTest.class.getResourceAsStream("/openapi.yaml")) {
            String text = new String(contract.readAllBytes(), StandardCharsets.UTF_8);
            return (int) text.lines()
                    .filter(line -> line.strip().startsWith("operationId:"))
                    .count();
        }
    }
}
