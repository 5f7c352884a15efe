package routes.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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

/** What the page knows of the footage, and which cameras and interval it shows, in a real Chromium. */
@Tag("full")
class PageFootageTest {
    private static Browser browser;
    private static OwnService service;
    private static ClipClient client;
    private static PageInBrowser page;

    /** Two recordings with two seconds missing between them, ten minutes ago. */
    private static RecentCamera early;

    /** Recordings of the last minute. */
    private static RecentCamera late;

    /** It has none. */
    private static RecentCamera blind;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        LocalResources resources = OwnService.resources();
        service = OwnService.start(resources, Map.of("API_AUTH", "off"));
        client = new ClipClient(LocalCloud.shared(), resources);
        page = new PageInBrowser(browser, URI.create("http://127.0.0.1:" + service.port("server")));
        early = new RecentCamera(Instant.now().minusSeconds(600), 3);
        early.list(0);
        early.list(2);
        late = new RecentCamera(Instant.now().minusSeconds(60), 2);
        late.list(0);
        late.list(1);
        blind = new RecentCamera(Instant.now().minusSeconds(60), 1);
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
    void clear() {
        browser.log().clear();
    }

    @Test
    void missingPartsStayKnownExactlyAfterALookAtTheWholeRetention() {
        page.open(state(early, early.start(0), early.start(2).plusSeconds(1)));
        page.awaitText(".facts", "0:02.000 in 1 part");

        page.clickText("All");

        page.awaitTrue("decodeURIComponent(location.hash).includes('view=')");
        page.awaitTrue(
                """
                new Promise(done => setTimeout(() => done(document.querySelector('.facts').textContent
                  .includes('0:02.000 in 1 part')), 1000))""");
    }

    @Test
    void coarseRunsNeverReplaceFinerOnes() {
        String kinds = browser(
                """
                import('/console/coverage.js').then(({merged}) => {
                  const run = (start, end, kind) => ({start, end, kind});
                  const fine = {start: 100, end: 200, resolution: 0, at: 1,
                    runs: [run(100, 140, 'footage'), run(140, 150, 'gap'), run(150, 180, 'footage'), run(180, 200, 'future')]};
                  const coarse = {start: 0, end: 300, resolution: 60, at: 2, runs: [run(0, 300, 'footage')]};
                  const state = merged(merged({runs: [], windows: []}, fine), coarse);
                  return state.runs.map(one => one.start + '-' + one.end + ' ' + one.kind).join(', ') + '; '
                    + state.windows.map(one => one.start + '-' + one.end + ' ' + one.resolution).join(', ');
                })""");

        assertThat(kinds)
                .isEqualTo("0-100 footage, 100-140 footage, 140-150 gap, 150-180 footage, 180-300 footage; "
                        + "0-100 60, 100-180 0, 180-300 60");
    }

    @Test
    void anAddressThatIsEnteredMovesTheTimeline() {
        page.open(state(early, early.start(0), early.start(1)));
        page.awaitTrue("document.querySelector('#in')?.value");

        page.enterAddress(state(late, late.start(0), late.start(1)));

        page.awaitText(".chips", late.id());
        page.awaitTrue("document.querySelector('#timeline-text').textContent.startsWith('"
                + late.start(0)
                        .minus(RecentCamera.EACH)
                        .toString()
                        .replace('T', ' ')
                        .replace("Z", " to ") + "')");
        page.awaitTrue("document.querySelector('#in').value.endsWith('" + clock(late.start(0)) + ".000')");
    }

    @Test
    void severalCamerasGetAFirstIntervalWithFootage() {
        page.open("camera=" + blind.id() + "," + late.id());

        page.awaitInstant("to", late.start(1).plus(RecentCamera.EACH));
        assertThat(Instant.parse(page.state("from"))).isEqualTo(late.start(0));
    }

    @Test
    void theFirstIntervalIsWithinTheNewestFootageWithoutAGap() {
        page.open("camera=" + early.id());

        page.awaitInstant("from", early.start(2));
        page.awaitInstant("to", early.start(2).plus(RecentCamera.EACH));
    }

    @Test
    void anotherCameraGetsAnIntervalOfItsOwnUnlessSomebodySetOne() {
        page.open("camera=" + early.id());
        page.awaitInstant("from", early.start(2));

        choose(late);
        page.awaitInstant("from", late.start(0));

        page.enter("#in", late.start(0).plusMillis(200).toString());
        page.awaitInstant("from", late.start(0).plusMillis(200));
        choose(early);
        page.awaitText(".facts", "in 1 part");
        page.awaitInstant("from", late.start(0).plusMillis(200));
    }

    @Test
    void theOnlyCameraCanBeTakenAwayAndTheFocusMovesOn() {
        page.open("camera=" + early.id() + "," + late.id());
        page.awaitText(".chips", late.id());

        page.click(".chips button");
        page.awaitTrue("document.querySelectorAll('.chips li').length === 1");
        page.awaitTrue("document.activeElement.ariaLabel === 'Remove " + late.id() + "'");
        page.click(".chips button");

        page.awaitText(".empty", "Choose a camera");
        page.awaitTrue("document.activeElement.id === 'camera'");
        page.awaitTrue("location.hash === ''");
    }

    @Test
    void aShortFilmIsSeenInTheWholeRetention() {
        page.open("camera=" + early.id());
        page.awaitInstant("from", early.start(2));

        page.clickText("All");

        page.awaitTrue(
                """
                (() => {
                  const canvas = document.querySelector('.timeline canvas');
                  const probe = document.createElement('canvas').getContext('2d');
                  probe.fillStyle = getComputedStyle(canvas).getPropertyValue('--footage');
                  probe.fillRect(0, 0, 1, 1);
                  const footage = String(probe.getImageData(0, 0, 1, 1).data);
                  const line = canvas.getContext('2d').getImageData(0, 74, canvas.width, 1).data;
                  const [start, end] = decodeURIComponent(location.hash).match(/view=([^&]+)|$/)[1]?.split('/').map(Date.parse) ?? [0, 0];
                  return end - start > 86400000 && Array.from({length: canvas.width},
                    (_, x) => String(line.slice(4 * x, 4 * x + 4))).filter(one => one === footage).length > 1;
                })()""");
    }

    @Test
    void theSizeIsEstimatedByTheRateOfEachCamera() {
        makeClip(early, early.start(0));
        page.open(state(early, early.start(0), early.start(1)).replace("&", "," + late.id() + "&"));
        page.awaitText(".facts", "at 2 Mbit/s");

        makeClip(late, late.start(0));

        page.awaitText(".facts", "at the rate of the last clip");
    }

    @Test
    void bothHandlesAreReachedByTheMouseWhereverTheyAre() {
        page.open("camera=" + late.id());
        page.awaitInstant("from", late.start(0));
        String selection = state(late, late.start(0), late.start(1));
        Instant in = late.start(0);

        page.clickText("All");
        page.awaitTrue("location.hash.includes('view=')");
        assertThat(reached()).as("near the right edge").isEqualTo("In Out");
        page.drag(".handle.in", -60);
        page.awaitTrue("Date.parse('" + in
                + "') - Date.parse(new URLSearchParams(location.hash.slice(1)).get('from')) > 3600000");

        for (int seconds : new int[] {-7200, -3600, -1, 0, 3600, 7200}) {
            Instant start = in.plusSeconds(seconds);
            page.open(selection + "&view=" + start + "/" + start.plusSeconds(3600));
            assertThat(reached()).as("view from " + seconds + " s").isEqualTo("In Out");
        }
    }

    /** @return the names of the handles that lie at the middles of both handles */
    private static String reached() {
        page.awaitTrue("document.querySelectorAll('.handle').length === 2");
        return browser.evaluate(
                        """
                        [...document.querySelectorAll('.handle')].map(handle => {
                          handle.scrollIntoView({block: 'nearest'});
                          const box = handle.getBoundingClientRect();
                          const whole = box.left >= 0 && box.right <= innerWidth && box.width >= 44;
                          return [2, box.width / 2, box.width - 2].map(x => whole && document
                            .elementFromPoint(box.left + x, box.top + box.height / 2).closest('[role=slider]')?.ariaLabel);
                        }).map(names => [...new Set(names)].join('/')).join(' ')""")
                .asText();
    }

    @Test
    void whatIsWrongInAnAddressIsToldAtTheField() {
        page.open("camera=" + late.id() + "&from=nope&to=" + late.start(1));
        page.awaitText("#camera-note", "The address has no interval: from, “nope”, must be an instant before to");

        page.open("camera=a,b,c,d,e,f,g,h," + late.id());
        page.awaitText("#camera-note", "At most 8 cameras are shown at once, of the address not " + late.id() + ".");
    }

    @Test
    void anUnknownCameraIsToldAtTheFieldAndNotAskedForAgain() {
        page.open("camera=nobody");

        page.awaitText("#camera-note", "Unknown camera: “nobody”.");
        page.awaitTrue("document.querySelector('.submit button').disabled");
        page.enter("#in", late.start(0).toString());
        page.enter("#out", late.start(1).toString());
        page.clickText("All");
        page.clickText("Last 2 h");
        page.enter("#camera", late.id());
        page.awaitText(".chips", late.id());

        page.awaitTrue("document.querySelector('.submit button').textContent === 'Ask for the clip'");
        page.awaitTrue("!document.querySelector('.submit button').disabled");
        page.awaitText(".facts", "nothing");
        assertThat(browser.log().requests())
                .extracting(URI::getPath)
                .filteredOn(path -> path.startsWith("/cameras/nobody/"))
                .containsExactly("/cameras/nobody/coverage");
        assertThat(browser.log().errors()).hasSize(1);
    }

    private static void makeClip(RecentCamera camera, Instant from) {
        String id = ClipClient.newId();
        client.send(ClipClient.request(id, from, from.plus(Duration.ofSeconds(1)))
                .put("cameraId", camera.id())
                .toString());
        client.awaitStatus(id, "DONE");
    }

    /** Takes the shown camera away and adds another. */
    private static void choose(RecentCamera camera) {
        page.click(".chips button");
        page.awaitTrue("!document.querySelector('.chips')");
        page.enter("#camera", camera.id());
        page.awaitText(".chips", camera.id());
    }

    private static String clock(Instant instant) {
        return instant.toString().substring(11, 19);
    }

    private static String state(RecentCamera camera, Instant from, Instant to) {
        return "camera=%s&from=%s&to=%s".formatted(camera.id(), from, to);
    }

    private static String browser(String script) {
        page.open("");
        return browser.evaluate(script).asText();
    }
}
