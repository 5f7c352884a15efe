package routes.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import routes.support.Browser;
import routes.support.ClipClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.OwnService;
import routes.support.PageInBrowser;
import routes.support.RecentCamera;

/** A clip on the page in a real Chromium: asked for with the mouse, watched, and played frame by frame. */
@Tag("full")
class PageClipTest {
    private static final Duration FRAME = Duration.ofMillis(40);

    private static Browser browser;
    private static OwnService service;
    private static ClipClient client;
    private static RecentCamera camera;
    private static PageInBrowser page;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        LocalResources resources = OwnService.resources();
        service = OwnService.start(resources, Map.of("API_AUTH", "off", "SQS_TIMEOUT", "5"));
        client = new ClipClient(LocalCloud.shared(), resources);
        page = new PageInBrowser(browser, URI.create("http://127.0.0.1:" + service.port("server")));
        camera = new RecentCamera(Instant.now().minusSeconds(600), 6);
        for (int recording : new int[] {0, 1, 2, 4, 5}) {
            camera.list(recording);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (service != null) {
            service.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void assertNoErrorAndNoOtherHost() {
        assertThat(browser.log().errors()).isEmpty();
        String bucket = LocalCloud.shared().environment().get("AWS_ENDPOINT_URL_S3");
        assertThat(Set.of("http://127.0.0.1:" + service.port("server"), bucket))
                .containsAll(browser.log().origins());
        browser.log().clear();
    }

    @Test
    void aClipIsAskedForWithTheMouseAndPlayedByFrames() {
        Instant from = camera.start(0).plusMillis(1200);
        Instant to = camera.start(2).plusMillis(400);
        page.open(state(from.minusSeconds(1), to));
        page.awaitText("#in-note", "UTC");
        page.drag(".handle.in .grip", 40);
        await().until(() -> !page.state("from").isEmpty()
                && Instant.parse(page.state("from")).isAfter(from.minusSeconds(1)));

        page.enter("#in", from.toString());
        page.awaitInstant("from", from);
        page.awaitText(".facts", "nothing");
        page.clickText("Ask for the clip");
        page.clickText("Asked. Watch it being made");

        page.awaitTrue("document.querySelector('.state')?.classList.contains('DONE')");
        page.awaitText(".now", "frame 1 of");
        long first = camera.frameAt(from);
        page.awaitFrame(first);
        page.awaitInstant("t", from);
        for (int i = 0; i < 3; i++) {
            browser.key(".");
        }
        page.awaitText(".now", "frame 4 of");
        page.awaitFrame(first + 3);
        page.awaitInstant("t", from.plus(FRAME.multipliedBy(3)));

        browser.key(" ");
        page.awaitTrue("!document.querySelector('video').paused");
        page.awaitTrue("document.querySelector('video').ended");
        page.awaitFrame(camera.frameAt(to) - 1);
        browser.key(",");
        page.awaitFrame(camera.frameAt(to) - 2);
        assertThat(page.text(".steps")).contains("clip cut");
        assertThat(page.text("main")).contains("No gaps", "frames", "The link ends in");
    }

    @Test
    void aGapIsSeenBeforeAndAfter() {
        Instant from = camera.start(2).plusSeconds(1);
        Instant to = camera.start(4).plusSeconds(1);
        Instant start = camera.start(0);
        page.open(state(start, start.plusSeconds(1)) + "&view=" + start + "/" + camera.start(5));
        page.awaitText("#timeline-text", "1 gap");
        page.awaitText("#timeline-text", "not recorded");
        assertThat(isFootage(from)).isTrue();
        assertThat(isFootage(camera.start(3).plusMillis(500))).isFalse();
        page.enter("#in", from.toString());
        page.enter("#out", to.toString());
        page.awaitText(".facts", "0:02.000 in 1 part");
        page.awaitText(".facts", "not recorded");

        page.clickText("Ask for the clip");
        page.clickText("Asked. Watch it being made");

        page.awaitText("h2", "1 gap");
        page.awaitText(".gaps", "0:02.000, not recorded");
        page.awaitTrue("document.querySelector('.scrubber .hole')");
    }

    @Test
    void aWaitingJobSaysWhenItLooksAgainAndIsCancelled() {
        Instant soon = Instant.now().plusSeconds(60);
        page.open(state(soon, soon.plusSeconds(5)));
        page.clickText("Ask for the clip");
        page.clickText("Asked. Watch it being made");
        page.awaitText(".stage", "Next look");
        page.awaitText(".stage", "It gives up at");

        page.clickText("Cancel the job");

        page.awaitText(".stage", "The job was cancelled");
        client.awaitStatus(page.state("job"), "CANCELLED");
        page.open("page=jobs&status=cancelled");
        page.awaitTrue("document.querySelectorAll('.jobs .CANCELLED').length === 1");
    }

    private static String state(Instant from, Instant to) {
        return "camera=%s&from=%s&to=%s".formatted(camera.id(), from, to);
    }

    /** Whether the canvas has the colour of footage at an instant. */
    private static boolean isFootage(Instant at) {
        return browser.evaluate(
                        """
                        (() => {
                          const canvas = document.querySelector('.timeline canvas');
                          const probe = document.createElement('canvas').getContext('2d');
                          probe.fillStyle = getComputedStyle(canvas).getPropertyValue('--footage');
                          probe.fillRect(0, 0, 1, 1);
                          const view = new URLSearchParams(location.hash.slice(1)).get('view');
                          const [start, end] = view.split('/').map(Date.parse);
                          const x = Math.round((%d - start) / (end - start) * canvas.width);
                          const shown = canvas.getContext('2d').getImageData(x, 74, 1, 1).data;
                          return String(shown) === String(probe.getImageData(0, 0, 1, 1).data);
                        })()"""
                                .formatted(at.toEpochMilli()))
                .booleanValue();
    }
}
