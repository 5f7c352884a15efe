package routes.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import routes.support.Browser;
import routes.support.ClipClient;
import routes.support.OwnService;

/** Hawtio in a real Chromium: an operator signs in and opens the diagrams. */
@Tag("full")
class ConsolePagesTest {
    private static final String BOXES = "[...document.querySelectorAll('.react-flow__node')]";
    private static final String OUT_OF_SIGHT = BOXES
            + ".map(box => box.getBoundingClientRect())"
            + ".filter(r => r.width < 20 || r.left < 0 || r.top < 0 || r.right > innerWidth || r.bottom > innerHeight)"
            + ".map(r => [r.left, r.top, r.width, r.height].map(Math.round).join(' '))";

    @Test
    void theStepsOfTheClipRouteAreDrawn() throws IOException {
        try (Browser browser = Browser.start();
                OwnService service =
                        OwnService.start(OwnService.resources(), Map.of("CONSOLE_PASSWORD", "a-long-password"))) {
            String console = "127.0.0.1:" + service.port("management") + "/observe/hawtio/";
            // the route and its policies are a column of about fifty boxes, and Hawtio scales none below half its size
            browser.resize(1280, 4500);
            // signs in like the browser's dialog, which caches the password for the address
            browser.open(URI.create("http://operator:a-long-password@" + console));
            browser.open(URI.create("http://" + console + "camel"));
            awaitBoxes(browser, starts(service.camel()));

            click(browser, "[role=treeitem] button", "clip");
            // a diagram is fitted into its window only when it is opened, not when it replaces another
            click(browser, "nav a", "Attributes");
            await().atMost(ClipClient.PATIENCE).until(() -> boxes(browser).isEmpty());
            click(browser, "nav a", "Route Diagram");
            awaitBoxes(browser, steps(service.camel(), "clip"));

            await().atMost(ClipClient.PATIENCE).untilAsserted(() -> assertThat(browser.evaluate(OUT_OF_SIGHT))
                    .as("boxes out of sight")
                    .isEmpty());
            assertThat(browser.evaluate("document.querySelectorAll('.react-flow__edge').length")
                            .asInt())
                    .as("arrows")
                    .isGreaterThanOrEqualTo(boxes(browser).size() - 1);
            assertThat(browser.evaluate("document.body.innerText").asText())
                    .doesNotContainIgnoringCase("error occurred");
            browser.screenshot(
                    Files.createDirectories(Path.of("target", "screenshots")).resolve("clip-route.png"));
        }
    }

    private static void awaitBoxes(Browser browser, List<String> steps) {
        await().atMost(ClipClient.PATIENCE)
                .untilAsserted(() -> assertThat(boxes(browser)).contains(steps.toArray(String[]::new)));
    }

    /** @return the ids of the displayed steps */
    private static List<String> boxes(Browser browser) {
        return StreamSupport.stream(
                        browser.evaluate(BOXES + ".map(box => box.innerText.match(/ID: ([^)]*)/)[1])")
                                .spliterator(),
                        false)
                .map(id -> id.asText())
                .toList();
    }

    private static List<String> starts(CamelContext camel) {
        return ((ModelCamelContext) camel)
                .getRouteDefinitions().stream()
                        .map(route -> route.getInput().getId())
                        .toList();
    }

    /** @return the ids of a route's input and steps, with those of its policies */
    private static List<String> steps(CamelContext camel, String id) {
        RouteDefinition route = ((ModelCamelContext) camel).getRouteDefinition(id);
        return Stream.concat(
                        Stream.of(route.getInput().getId()),
                        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)
                                .stream()
                                .map(step -> step.getId()))
                .toList();
    }

    private static void click(Browser browser, String selector, String text) {
        await().atMost(ClipClient.PATIENCE)
                .until(() -> browser.evaluate("[...document.querySelectorAll('%s')]".formatted(selector)
                                        + ".filter(e => e.textContent.trim() === '%s').map(e => e.click()).length"
                                                .formatted(text))
                                .asInt()
                        == 1);
    }
}
