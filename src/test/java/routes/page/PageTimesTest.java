package routes.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.support.Browser;
import routes.support.CameraApi;
import routes.support.OwnService;
import routes.support.PageInBrowser;

/** Times on the page, in the zone of the service, in a real Chromium whose own zone is another. */
@Tag("full")
class PageTimesTest {
    private static final String STATE = "camera=" + CameraApi.CAMERA_ID
            + "&from=2026-11-28T09:00:00.000Z&to=2026-11-28T09:00:20.000Z&view=2026-11-28T08:59:00.000Z/2026-11-28T09:02:00.000Z";

    private static Browser browser;
    private static OwnService service;
    private static PageInBrowser page;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        browser.timeZone("America/New_York");
        service = OwnService.start(OwnService.resources(), Map.of("API_AUTH", "off", "WEB_ZONE", "Europe/Amsterdam"));
        page = new PageInBrowser(browser, URI.create("http://127.0.0.1:" + service.port("server")));
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
    void timesAreShownInTheZoneOfTheServiceAndNameIt() {
        page.open(STATE);

        page.awaitTrue("document.querySelector('#in')");
        assertThat(page.value("#in")).isEqualTo("2026-11-28 10:00:00.000");
        assertThat(page.text("label[for=in]")).isEqualTo("In Europe/Amsterdam");
        assertThat(page.text("#in-note")).isEqualTo("CET, UTC+01:00 · 2026-11-28T09:00:00.000Z");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2026-11-27T23:15:00.123Z, 2026-11-27T23:15:00.123Z",
        "2026-11-28 00:15:00.123, 2026-11-27T23:15:00.123Z",
        "2026-11-27T18:15:00.123-05:00, 2026-11-27T23:15:00.123Z",
        "20261127T231500.123Z, 2026-11-27T23:15:00.123Z",
        "1795821300123, 2026-11-27T23:15:00.123Z",
        "2026-11-28 00:15:00.123 CET, 2026-11-27T23:15:00.123Z",
        "2026-11-28\u00a000:15:00.123\u202fCET, 2026-11-27T23:15:00.123Z",
        "'2026-11-28 00:15:00.123 Europe/Amsterdam, UTC+01:00', 2026-11-27T23:15:00.123Z",
        "'CET, UTC+01:00 · 2026-11-27T23:15:00.123Z', 2026-11-27T23:15:00.123Z",
        "2026-11-27 23:15:00.123 GMT, 2026-11-27T23:15:00.123Z",
        "2026-11-28 00:15:00.123 GMT+1, 2026-11-27T23:15:00.123Z",
        "2026-11-28 00:15:00.123+01, 2026-11-27T23:15:00.123Z",
        "2026-11-28 00:15:00.123 +0100, 2026-11-27T23:15:00.123Z",
        "2026-11-27 18:15:00.123 \u221205:00, 2026-11-27T23:15:00.123Z",
        "2026-10-25 02:30:00.250 CEST, 2026-10-25T00:30:00.250Z",
        "2026-10-25 02:30:00.250 CET, 2026-10-25T01:30:00.250Z",
        "2026-03-29 01:59:59.999, 2026-03-29T00:59:59.999Z",
        "2026-03-29 03:00:00.000, 2026-03-29T01:00:00.000Z"
    })
    void aPastedInstantIsTakenToTheMillisecond(String text, Instant expected) {
        page.open(STATE);

        page.enter("#in", text);

        page.awaitInstant("from", expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2026-11-28 10:15 +99:99, an offset is from -12:00 to +14:00",
        "2026-11-28 10:15 -12:01, an offset is from -12:00 to +14:00",
        "2026-11-28 10:15 +01:60, an offset is from -12:00 to +14:00",
        "2026-11-28 10:15 CEST, Europe/Amsterdam has CET at that time",
        "2026-11-28 10:15 EST, a zone is Europe/Amsterdam",
        "2026-11-31 10:15, there is no such date or time",
        "10:151, such as 2026-11-28 10:15:00.000",
        "yesterday, such as 2026-11-28 10:15:00.000"
    })
    void aRefusedTimeIsNamedWithItsFieldAndWhatIsAllowed(String text, String allowed) {
        page.open(STATE);

        page.enter("#out", text);

        page.awaitText("#out-note", "Out cannot be “" + text + "”: ");
        page.awaitText("#out-note", allowed);
        assertThat(page.state("to")).isEqualTo("2026-11-28T09:00:20.000Z");
    }

    @Test
    void anHourThatOccursTwiceAsksWhichOne() {
        page.open(STATE);

        page.enter("#in", "2026-10-25 02:30:00.250");
        page.awaitText("#in-note", "twice");
        page.clickText("02:30:00.250 CET, UTC+01:00");
        page.awaitInstant("from", Instant.parse("2026-10-25T01:30:00.250Z"));
        assertThat(page.text("#in-note")).startsWith("CET");

        page.enter("#in", "2026-10-25 02:30:00.250");
        page.clickText("02:30:00.250 CEST, UTC+02:00");
        page.awaitInstant("from", Instant.parse("2026-10-25T00:30:00.250Z"));
        assertThat(page.text("#in-note")).startsWith("CEST");
        assertThat(browser.evaluate("document.activeElement.id").asText()).isEqualTo("in");
    }

    @Test
    void anHourThatDoesNotExistIsRefusedAtTheField() {
        page.open(STATE);

        page.enter("#in", "2026-03-29 02:30");

        page.awaitText("#in-note", "does not exist in Europe/Amsterdam");
        assertThat(browser.evaluate("document.querySelector('#in').getAttribute('aria-invalid')")
                        .asText())
                .isEqualTo("true");
        assertThat(browser.evaluate("document.querySelector('.submit button').disabled")
                        .booleanValue())
                .isTrue();
        assertThat(page.state("from")).isEqualTo("2026-11-28T09:00:00.000Z");
    }

    @Test
    void theMarksOfTheTimelineFollowTheClocks() {
        page.open(STATE);

        assertThat(marks("2026-10-24T23:30:00Z", "2026-10-25T02:30:00Z")).isEqualTo("02:00 02:00 03:00");
        assertThat(marks("2026-03-28T23:30:00Z", "2026-03-29T02:30:00Z")).isEqualTo("01:00 03:00 04:00");
    }

    private static String marks(String start, String end) {
        return browser.evaluate(
                        """
                        import('/console/timeline.js').then(({ticks}) =>
                          ticks({start: Date.parse('%s'), end: Date.parse('%s')}, 400, 'Europe/Amsterdam')
                            .map(tick => tick.label).join(' '))"""
                                .formatted(start, end))
                .asText();
    }
}
