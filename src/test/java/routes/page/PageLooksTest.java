package routes.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.camera.CameraRegistry;
import routes.support.ApiClient;
import routes.support.Axe;
import routes.support.Browser;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.OwnService;
import routes.support.PageInBrowser;
import routes.support.RecentCamera;
import routes.support.TranscodeClient;
import routes.transcode.UploadedFilms;
import routes.transcode.hls.StreamFilms;

/**
 * Every view of the page in a real Chromium, at desktop and phone width, light and dark: no serious finding of axe,
 * everything fits and stays where it is, and a screenshot in {@code target/screenshots}.
 */
@Tag("full")
class PageLooksTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final long MOST_BYTES = 150_000;
    private static final double MOST_MILLIS = 1000;
    private static final int LOADS = 3;

    /** A tenth is what browsers call good. */
    private static final double MOST_SHIFT = 0.01;

    private static final List<String> ZONES = List.of("Europe/Amsterdam", "Asia/Kathmandu", "America/New_York");

    /** Lists what is beyond its card or the page, controls that cannot be reached, and times that are cut. */
    private static final String MISFITS =
            """
            new Promise(done => requestAnimationFrame(() => setTimeout(() => {
              const found = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [];
              const named = e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 60);
              const seen = e => e.checkVisibility() && e.getClientRects().length && !e.closest('.hidden, .skip, svg');
              // what is cut on purpose, such as a long name, does not reach beyond
              const around = e => (e.matches('.card, .bar, main') ? e
                : getComputedStyle(e).overflowX === 'visible' ? around(e.parentElement) : null);
              for (const e of document.querySelectorAll('main *, .bar *')) {
                const frame = seen(e) && around(e.parentElement);
                if (!frame) continue;
                const box = e.getBoundingClientRect();
                const outer = frame.getBoundingClientRect();
                if (box.left < outer.left - 1 || box.right > outer.right + 1) found.push('beyond: ' + named(e));
                if (/\\d\\d:\\d\\d:\\d\\d/.test(e.textContent) && e.scrollWidth > e.clientWidth + 1
                    && getComputedStyle(e).overflowX !== 'visible') found.push('cut: ' + named(e));
              }
              for (const e of document.querySelectorAll('a[href], button, input, select, [tabindex="0"]')) {
                if (!seen(e)) continue;
                e.scrollIntoView({block: 'center', behavior: 'instant'});
                const {left, top, width, height} = e.getBoundingClientRect();
                const at = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, innerHeight / 2));
                if (!e.contains(at) && !at?.contains(e)) found.push('not reached: ' + named(e));
              }
              scrollTo(0, 0);
              done(found.join('\\n'));
            })))""";

    private static final String SHIFTS =
            """
            new Promise(done => {
              const shifts = [];
              const add = list => shifts.push(...list.getEntries().filter(shift => !shift.hadRecentInput));
              new PerformanceObserver(add).observe({type: 'layout-shift', buffered: true});
              setTimeout(() => done({
                sum: shifts.reduce((sum, shift) => sum + shift.value, 0),
                moved: shifts.flatMap(shift => shift.sources.map(({node, previousRect, currentRect}) =>
                  [shift.value.toFixed(4), node?.nodeName, node?.className ?? node?.textContent, previousRect.x, previousRect.y,
                    previousRect.width, currentRect.x, currentRect.y, currentRect.width].join(' '))).join('\\n')
              }), 300);
            })""";

    private static Browser browser;
    private static OwnService service;
    private static PageInBrowser page;
    private static Map<String, String> views;
    private static Path film;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        LocalResources resources = OwnService.resources();
        service = OwnService.start(resources, Map.of("API_AUTH", "off"));
        browser.timeZone(ZONES.get(0));
        page = new PageInBrowser(browser, address());
        RecentCamera camera = new RecentCamera(Instant.now().minusSeconds(600), 6);
        List.of(0, 1, 3, 4, 5).forEach(camera::list);
        ClipClient client = new ClipClient(LocalCloud.shared(), resources);
        ask(camera, "looks-done", camera.start(1), camera.start(3).plusSeconds(1), "Delivery at the front door");
        ask(camera, "looks-waiting", Instant.now(), Instant.now().plusSeconds(60), "The evening shift");
        ask(
                camera,
                "looks-failed",
                camera.start(0).minusSeconds(40_000),
                camera.start(0).minusSeconds(39_000),
                "");
        client.awaitStatus("looks-done", "DONE");
        client.awaitStatus("looks-waiting", "WAITING");
        client.awaitStatus("looks-failed", "FAILED");
        service.bean("cameraRegistry", CameraRegistry.class).described(camera.id(), "Front door", null);
        film = StreamFilms.record(folder, StreamFilms.spec(), Duration.ofSeconds(10));
        TranscodeClient films = new TranscodeClient(LocalCloud.shared(), resources, new ApiClient(address(), null));
        films.upload("uploads/garden in the evening.mp4", Files.readAllBytes(film));
        films.upload("uploads/notes.mp4", "These are notes.".getBytes(StandardCharsets.UTF_8));
        String stream = films.awaited("uploads/garden in the evening.mp4", "DONE")
                .path("jobId")
                .asText();
        String notes =
                films.awaited("uploads/notes.mp4", "FAILED").path("jobId").asText();
        views = new TreeMap<>(Map.of(
                "footage", "camera=%s&from=%s&to=%s".formatted(camera.id(), camera.start(1), camera.start(3)),
                "no-camera", "",
                "jobs", "page=jobs",
                "job", "job=looks-done",
                "waiting", "job=looks-waiting",
                "failed", "job=looks-failed",
                "operators", "page=operators",
                "films", "page=films",
                "stream", "job=" + stream,
                "no-film", "job=" + notes));
        String picture = new ApiClient(address(), null)
                .post("/snapshots", "{\"cameraId\":\"%s\",\"at\":\"%s\"}".formatted(camera.id(), camera.start(1)))
                .body()
                .path("jobId")
                .asText();
        views.put("snapshot", "job=" + picture);
        RecentCamera second = new RecentCamera(Instant.now().minusSeconds(600), 3);
        List.of(0, 2).forEach(second::list);
        views.put(
                "cameras",
                views.get("footage").replace("&from", "," + second.id() + "," + CameraApi.CAMERA_ID + "&from"));
        views.put("unknown", views.get("cameras").replace("&from", ",nobody&from"));
        Files.createDirectories(SCREENSHOTS);
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

    @Test
    void everyViewFitsAndIsAccessible() throws IOException {
        for (int width : new int[] {1280, 390, 320}) {
            browser.resize(width, width == 390 ? 844 : 800);
            for (String scheme : List.of("light", "dark")) {
                browser.colours(scheme);
                for (Map.Entry<String, String> view : views.entrySet()) {
                    page.open(view.getValue());
                    page.awaitTrue("!document.querySelector('[aria-busy=true]')");
                    String name = "page-%s-%d-%s".formatted(view.getKey(), width, scheme);
                    if (view.getKey().equals("job")) {
                        page.awaitTrue("document.querySelector('.still:not([hidden])')");
                    }

                    if (view.getKey().equals("stream")) {
                        page.awaitTrue("document.querySelector('video')?.readyState >= 3");
                    }
                    if (view.getKey().equals("snapshot")) {
                        page.awaitTrue("document.querySelector('img.picture')?.naturalWidth > 0");
                    }

                    browser.screenshot(SCREENSHOTS.resolve(name + ".png"));
                    assertThat(Axe.findings(browser)).as(name).isEmpty();
                    if (view.getKey().equals("jobs")) {
                        assertThat(browser.evaluate("document.querySelector('.outcome').offsetHeight")
                                        .intValue())
                                .as(name + ": the outcome is seen")
                                .isPositive();
                    }
                    if (view.getKey().equals("footage")) {
                        page.hover(".timeline canvas", 0.4);
                        page.awaitTrue("document.querySelector('.preview img')");
                        browser.screenshot(SCREENSHOTS.resolve(name.replace("footage", "preview") + ".png"));
                        browser.evaluate("scrollTo(0, 10000)");
                        browser.screenshot(SCREENSHOTS.resolve(name.replace("footage", "newest") + ".png"));
                    }
                    assertThat(browser.evaluate("document.documentElement.scrollWidth - innerWidth")
                                    .intValue())
                            .as(name)
                            .isLessThanOrEqualTo(0);
                    // whose job runs for a moment whenever it looks for footage
                    if (!view.getKey().equals("waiting")) {
                        assertNothingMoved(name);
                    }
                    if (view.getKey().equals("films")) {
                        uploadsFitAndAreAccessible(name.replace("films", "uploads"));
                    }
                }
            }
        }
        // browsers report every 404 themselves
        assertThat(browser.log().errors())
                .filteredOn(error -> !error.contains("/cameras/nobody/coverage"))
                .isEmpty();
    }

    @Test
    void everyViewFitsAtEveryWidthInEveryZone() {
        for (String zone : ZONES) {
            browser.timeZone(zone);
            for (Map.Entry<String, String> view : views.entrySet()) {
                browser.resize(1280, 800);
                page.open(view.getValue());
                page.awaitTrue("!document.querySelector('[aria-busy=true]')");
                for (int width : new int[] {320, 360, 390, 768, 1280}) {
                    browser.resize(width, 800);
                    assertThat(browser.evaluate(MISFITS).asText())
                            .as("%s at %d px in %s", view.getKey(), width, zone)
                            .isEmpty();
                }
            }
        }
        browser.timeZone(ZONES.get(0));
    }

    @Test
    void nothingMovesWhileAViewLoads() {
        browser.withoutCache();
        for (int width : new int[] {320, 768, 900, 1280}) {
            browser.resize(width, 800);
            for (String view : List.of("footage", "cameras", "jobs", "job")) {
                page.open(views.get(view));
                page.awaitTrue("!document.querySelector('[aria-busy=true]')");
                if (view.equals("job")) {
                    page.awaitTrue("document.querySelector('.still:not([hidden])')");
                }
                if (view.equals("cameras") || view.equals("footage")) {
                    page.awaitTrue("!document.querySelector('.facts').textContent.includes('not known yet')");
                    page.awaitText(".facts", view.equals("footage") ? "at the rate of the last clip" : "at 2 Mbit/s");
                }
                assertNothingMoved(view + " at " + width + " px");
            }
        }
    }

    private static void assertNothingMoved(String view) {
        JsonNode shifts = browser.evaluate(SHIFTS);
        assertThat(shifts.path("sum").doubleValue())
                .as("%s moves: %s", view, shifts.path("moved").asText())
                .isLessThan(MOST_SHIFT);
    }

    private void uploadsFitAndAreAccessible(String name) throws IOException {
        Path slow = Files.copy(film, folder.resolve(name + " of the film of the whole garden in the evening.mp4"));
        Path quick = Files.write(folder.resolve(name + ".mp4"), UploadedFilms.film(name));
        Path empty = Files.createFile(folder.resolve(name + "-empty.mp4"));
        page.choose("#films", quick);
        page.awaitText(".uploads .done", "Watch it become a stream");
        browser.network(Files.size(film) / 20);
        page.choose("#films", slow, slow, slow, empty);
        page.awaitTrue("document.querySelector('.uploads progress')?.value > 10");

        browser.screenshot(SCREENSHOTS.resolve(name + ".png"));
        assertThat(Axe.findings(browser)).as(name).isEmpty();
        assertThat(browser.evaluate("document.documentElement.scrollWidth - innerWidth")
                        .intValue())
                .as(name)
                .isLessThanOrEqualTo(0);
        for (int upload = 0; upload < 3; upload++) {
            page.clickText("Cancel");
        }
        page.awaitTrue("document.querySelectorAll('.uploads .cancelled').length === 3");
        browser.network(-1);
    }

    @Test
    void theListOfKeysIsAccessible() throws IOException {
        page.open("page=jobs");
        browser.key("?");
        page.awaitTrue("document.querySelector('dialog[open]')");

        assertThat(Axe.findings(browser)).isEmpty();
        browser.screenshot(SCREENSHOTS.resolve("page-keys.png"));
    }

    @Test
    void thePageIsSmallAndQuick() {
        browser.withoutCache();
        double painted = Double.MAX_VALUE;
        for (int load = 0; load < LOADS; load++) {
            browser.log().clear();
            page.open("");
            page.awaitText("h1", "Footage");
            painted = Math.min(
                    painted,
                    browser.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
                            .doubleValue());

            assertThat(browser.log().requests()).hasSizeGreaterThan(10);
            assertThat(browser.log().bytesReceived()).isBetween(10_000L, MOST_BYTES);
        }
        assertThat(painted).as("milliseconds of the quickest load").isLessThan(MOST_MILLIS);
    }

    private static void ask(RecentCamera camera, String id, Instant from, Instant to, String title) {
        String request = ClipClient.request(id, from, to)
                .put("cameraId", camera.id())
                .put("title", title)
                .toString();
        assertThat(new ApiClient(address(), null).post("/clips", request).status())
                .isEqualTo(202);
    }

    private static URI address() {
        return URI.create("http://127.0.0.1:" + service.port("server"));
    }
}
