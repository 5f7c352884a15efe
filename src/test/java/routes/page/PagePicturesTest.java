package routes.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import routes.support.Browser;
import routes.support.OwnService;
import routes.support.PageInBrowser;
import routes.support.RecentCamera;

/** Pictures of the footage in a real Chromium: under the pointer, at a handle moved by keys, and the newest one. */
@Tag("full")
class PagePicturesTest {
    private static final String PREVIEW = ".preview img";

    /** Requests of pictures stay open until they are released; aborted ones end. Counts both. */
    private static final String HELD =
            """
            (() => {
              const real = fetch;
              window.pictures = {asked: [], open: 0, most: 0, aborted: 0};
              const hold = signal => new Promise((done, failed) => {
                signal.addEventListener('abort', () => { pictures.aborted++; failed(signal.reason); });
                pictures.release = done;
              });
              window.fetch = async (url, options) => {
                if (!String(url).includes('snapshot.jpg?at=')) return real(url, options);
                pictures.asked.push(new URL(url).searchParams.get('at'));
                pictures.most = Math.max(pictures.most, ++pictures.open);
                try {
                  await hold(options.signal);
                } finally {
                  pictures.open--;
                }
                return real(url, options);
              };
            })()""";

    private static Browser browser;
    private static OwnService service;
    private static RecentCamera camera;
    private static PageInBrowser page;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        service = OwnService.start(OwnService.resources(), Map.of("API_AUTH", "off"));
        page = new PageInBrowser(browser, URI.create("http://127.0.0.1:" + service.port("server")));
        camera = new RecentCamera(Instant.now().minusSeconds(600), 5);
        for (int recording : new int[] {0, 1, 3, 4}) {
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
        assertThat(browser.log().origins()).containsExactly("http://127.0.0.1:" + service.port("server"));
        browser.log().clear();
    }

    @Test
    void thePointerShowsThePictureOfItsInstant() {
        open();

        for (double share : new double[] {0.1, 0.75}) {
            page.hover(".timeline canvas", share);
            // the view is the ten seconds from the start
            Instant pointed = camera.start(0).plusMillis((long) (10_000 * share));
            page.awaitFrame(PREVIEW, camera.frameAt(pointed.plusMillis(1)) - 1);
            page.awaitText(".preview figcaption", "UTC");
        }
        page.hover(".timeline canvas", 0.5);
        page.awaitTrue("document.querySelector('.preview') === null");
        page.awaitText(".tip", "gap: not recorded");
    }

    @Test
    void aQuickPointerAsksForFewPicturesAndAbortsTheOlderOnes() {
        open();
        browser.evaluate(HELD);

        for (int step = 0; step < 40; step++) {
            page.browser().mouse("mouseMoved", 100 + step, timelineTop() + 80, false);
        }
        page.awaitTrue("pictures.asked.length > 0");
        int quick = browser.evaluate("pictures.asked.length").intValue();
        assertThat(quick).as("requests of 40 moves").isLessThan(20);

        List<Double> shares = List.of(0.05, 0.1, 0.7, 0.75, 0.9);
        for (double share : shares) {
            int before = browser.evaluate("pictures.asked.length").intValue();
            page.hover(".timeline canvas", share);
            page.awaitTrue("pictures.asked.length > " + before);
        }
        assertThat(browser.evaluate("pictures.most").intValue()).isEqualTo(2);
        assertThat(browser.evaluate("pictures.aborted").intValue()).isGreaterThanOrEqualTo(shares.size() - 2);
        browser.evaluate("pictures.release()");
        Instant pointed = camera.start(0).plusMillis(9_000);
        page.awaitFrame(PREVIEW, camera.frameAt(pointed.plusMillis(1)) - 1);
    }

    @Test
    void placesCloseByShareAPicture() {
        open();
        browser.evaluate(HELD);
        List<Integer> asked = new ArrayList<>();

        for (double pixel = 0; pixel < 3; pixel++) {
            page.hover(".timeline canvas", (240 + pixel) / 1200);
            page.awaitTrue("pictures.asked.length > 0");
            asked.add(browser.evaluate("new Set(pictures.asked).size").intValue());
        }
        page.hover(".timeline canvas", 0.9);
        page.awaitTrue("new Set(pictures.asked).size > " + asked.get(2));

        assertThat(asked.get(2)).isLessThanOrEqualTo(2);
        assertThat(browser.evaluate("pictures.asked.every(at => Date.parse(at) % 50 === 0)")
                        .booleanValue())
                .as("on a grid")
                .isTrue();
    }

    @Test
    void aHandleMovedByKeysShowsThePictureOfItsInstant() {
        open();

        browser.evaluate("document.querySelector('.handle.in').focus()");
        browser.key("ArrowRight");

        page.awaitInstant("from", camera.start(0).plusMillis(1500));
        page.awaitFrame(PREVIEW, camera.frameAt(camera.start(0).plusMillis(1500).plusMillis(1)) - 1);
        browser.key("Escape");
        page.awaitTrue("document.querySelector('.preview') === null");
    }

    @Test
    void aPlaceWithoutAPictureSaysSo() {
        open();
        browser.evaluate("window.fetch = (fetch => async (url, options) => String(url).includes('snapshot.jpg?at=')"
                + " ? new Response('{}', {status: 404}) : fetch(url, options))(fetch)");

        page.hover(".timeline canvas", 0.1);

        page.awaitText(".preview", "No picture here");
    }

    @Test
    void theNewestPictureIsShownWithItsInstantAndReadSparingly() {
        open();

        page.awaitFrame(".newest img", camera.frameAt(camera.start(4)) + 49);
        page.awaitText(".newest", "min ago");
        page.awaitTrue("document.querySelector('.newest time').dateTime === '"
                + camera.start(4).plusMillis(1960).toString().replaceFirst("(\\.\\d{3})?Z", "$1Z") + "'");
        long asked = browser.log().requests().stream()
                .filter(address -> address.getPath().endsWith("snapshot.jpg"))
                .count();
        assertThat(asked).as("within the first seconds").isEqualTo(1);
    }

    private static void open() {
        Instant start = camera.start(0);
        page.open("camera=%s&from=%s&to=%s&view=%s/%s"
                .formatted(camera.id(), start.plusMillis(500), start.plusSeconds(3), start, start.plusSeconds(10)));
        page.awaitText(".facts", "nothing");
    }

    private static double timelineTop() {
        return browser.evaluate("document.querySelector('.timeline').getBoundingClientRect().top")
                .doubleValue();
    }
}
