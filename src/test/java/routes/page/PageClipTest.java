package routes.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import routes.support.ApiClient;
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

    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

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

        browser.evaluate(
                "window.kept = []; HTMLAnchorElement.prototype.click = function () { kept.push(this.download); }");
        browser.key("g");
        page.awaitTrue("kept.length === 1");
        assertThat(browser.evaluate("kept[0]").asText())
                .isEqualTo(camera.id() + "_" + FILE_TIME.format(from.plus(FRAME.multipliedBy(3))) + ".png");

        browser.key("]");
        page.awaitTrue("document.querySelector('video').playbackRate === 2");
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
        page.awaitText(".now", "frame 1 of");
        for (int second = 1; second <= 3; second++) {
            browser.key("ArrowRight");
            page.awaitTrue("document.querySelector('video').currentTime > " + (second - 0.1));
        }
        page.awaitFrame(camera.frameAt(camera.start(4)));
    }

    @Test
    void severalCamerasMakeOneJobEach() {
        RecentCamera other = new RecentCamera(camera.start(0), 1);
        other.list(0);
        Instant from = camera.start(0);
        page.open("camera=%s,%s&from=%s&to=%s".formatted(camera.id(), other.id(), from, from.plusSeconds(1)));
        page.clickText("Ask for 2 clips");

        page.awaitTrue("document.querySelectorAll('.answers a').length === 2");
        page.open("page=jobs&camera=" + other.id());
        page.awaitTrue("document.querySelectorAll('.jobs .DONE').length === 1");
    }

    @Test
    void allTabsOfABrowserShareOneStream() {
        page.open("page=jobs");
        page.awaitText(".live", "Live");
        browser.evaluate("window.other = window.open('/#page=jobs&camera=" + camera.id() + "'); true");
        page.awaitTrue("other.document.querySelector('.live')?.textContent === 'Live'");
        page.awaitTrue("navigator.locks.query().then(locks => locks.held.length === 1 && locks.pending.length === 1)");
        String id = ClipClient.newId();
        Instant from = camera.start(4);
        client.send(ClipClient.request(id, from, from.plusSeconds(1))
                .put("cameraId", camera.id())
                .toString());

        page.awaitTrue("other.document.querySelector('.jobs').textContent.includes('" + id + "')");
        page.awaitTrue("document.querySelector('.jobs').textContent.includes('" + id + "')");
        browser.evaluate("other.close()");
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
        page.awaitTrue("document.activeElement.textContent === 'Try again'");
        client.awaitStatus(page.state("job"), "CANCELLED");
        page.open("page=jobs&status=cancelled");
        page.awaitTrue("document.querySelectorAll('.jobs .CANCELLED').length === 1");
    }

    @Test
    void aFrameIsSavedOnlyOnceThereIsAPicture() {
        String id = ClipClient.newId();
        Instant from = camera.start(0);
        client.send(ClipClient.request(id, from, from.plusSeconds(1))
                .put("cameraId", camera.id())
                .toString());
        client.awaitStatus(id, "DONE");
        String button = "document.querySelector('[aria-label=\"Keep this frame as a file\"]')";
        browser.block("*/" + id + "*.mp4*");
        page.open("job=" + id);
        page.awaitText(".trouble", "The clip cannot be loaded");
        page.awaitTrue(button + ".disabled");

        browser.key("g");

        page.awaitTrue("document.querySelector('.trouble')");
        browser.block("");
        assertThat(browser.log().errors()).allSatisfy(error -> assertThat(error).contains("BLOCKED_BY_CLIENT"));
        browser.log().clear();

        page.open("job=" + id);
        page.awaitFrame(camera.frameAt(from));
        page.awaitTrue("!" + button + ".disabled");
        browser.evaluate("HTMLCanvasElement.prototype.toBlob = done => done(null)");
        browser.key("g");
        page.awaitText(".trouble", "The frame cannot be saved: the browser makes no picture of it.");
    }

    @Test
    void theFocusStaysOnTheButtonAndGoesToARefusedField() {
        Instant from = camera.start(4);
        page.open(state(from, from.plusSeconds(1)));
        page.awaitTrue("document.querySelector('.submit button')?.disabled === false");
        browser.evaluate("document.querySelector('.submit button').focus()");

        browser.key("Enter");

        page.awaitText(".answers", "Asked. Watch it being made");
        assertThat(browser.evaluate("document.activeElement.textContent").asText())
                .isEqualTo("Ask for the clip");

        page.enter("#clip-id", "two words");
        browser.evaluate("document.querySelector('.submit button').focus()");
        browser.key("Enter");
        page.awaitTrue("document.activeElement.id === 'clip-id'");
        page.awaitTrue("document.activeElement.getAttribute('aria-invalid') === 'true'");
        browser.log().clear();
    }

    @Test
    void aJobWithoutATitleIsHeadedByItsCameraAndInterval() {
        String id = ClipClient.newId();
        Instant from = camera.start(4);
        client.send(ClipClient.request(id, from, from.plusSeconds(1))
                .put("cameraId", camera.id())
                .toString());
        client.awaitStatus(id, "DONE");

        page.open("job=" + id);

        page.awaitText("h1", camera.id());
        page.awaitText(".heading p", "UTC · 0:01.000");
        page.awaitText(".heading .mono", id);
    }

    @Test
    void aJobThatNoLongerMatchesLeavesTheList() {
        String id = ClipClient.newId();
        Instant soon = Instant.now().plusSeconds(300);
        client.send(ClipClient.request(id, soon, soon.plusSeconds(1))
                .put("cameraId", camera.id())
                .toString());
        client.awaitStatus(id, "WAITING");
        page.open("page=jobs&status=open&camera=" + camera.id());
        page.awaitText(".live", "Live");
        page.awaitText(".jobs", id);

        new ApiClient(URI.create("http://127.0.0.1:" + service.port("server")), null).delete("/jobs/" + id);

        page.awaitTrue("!document.querySelector('.jobs').textContent.includes('" + id + "')");
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
                          const probe = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
                          probe.fillStyle = getComputedStyle(canvas).getPropertyValue('--footage');
                          probe.fillRect(0, 0, 1, 1);
                          const view = new URLSearchParams(location.hash.slice(1)).get('view');
                          const [start, end] = view.split('/').map(Date.parse);
                          const x = Math.round((%d - start) / (end - start) * canvas.width);
                          probe.drawImage(canvas, x, 74, 1, 1, 1, 0, 1, 1);
                          return String(probe.getImageData(0, 0, 1, 1).data) === String(probe.getImageData(1, 0, 1, 1).data);
                        })()"""
                                .formatted(at.toEpochMilli()))
                .booleanValue();
    }
}
