package routes.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.UriUtils;
import routes.camera.CameraRegistry;
import routes.support.ApiClient;
import routes.support.Browser;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.OwnService;
import routes.support.PageInBrowser;

/** Markup and scripts in titles, ids, names and the address are shown as text by a real Chromium. */
@Tag("full")
class HostileTextTest {
    private static final String ATTACK = "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>";
    private static final String ENCODED = UriUtils.encode(ATTACK, StandardCharsets.UTF_8);
    private static final String CAMERA = "hostile-camera";
    private static final String CLIP = "__proto__";
    private static final String TURNED = "turned-title";
    private static final String OVERRIDE = "\u202e";

    @Test
    void hostileTextIsShownAsText() throws Exception {
        try (Browser browser = Browser.start();
                OwnService service = OwnService.start(OwnService.resources(), Map.of("API_AUTH", "off"))) {
            URI base = URI.create("http://127.0.0.1:" + service.port("server"));
            PageInBrowser page = new PageInBrowser(browser, base);
            ask(base, CLIP, CameraApi.CAMERA_ID, ATTACK);
            ask(base, TURNED, CameraApi.CAMERA_ID, "invoice " + OVERRIDE + "gpj.exe");
            service.bean("cameraRegistry", CameraRegistry.class).described(CAMERA, ATTACK, ATTACK);

            page.open("page=jobs");
            page.awaitText(".jobs", ATTACK);
            page.open("job=" + CLIP);
            page.awaitText("h1", ATTACK);
            page.awaitText(".pairs", CLIP);
            page.open("camera=" + CAMERA + "," + CameraApi.CAMERA_ID + "&from=%3Cscript%3E&view=" + ENCODED);
            page.awaitText(".chips", ATTACK);
            page.open("camera=__proto__,constructor");
            page.awaitText(".chips", "__proto__constructor");
            page.awaitText(".facts", "Length");
            page.open("page=jobs&status=constructor");
            page.awaitText(".jobs", ATTACK);
            page.open("job=" + ENCODED);
            page.awaitText("h1", ATTACK);
            page.open("job=" + TURNED);
            page.awaitText("h1 bdi", "invoice  gpj.exe");
            assertThat(page.text("main")).doesNotContain(OVERRIDE);
            page.open("page=jobs");
            page.awaitText(".jobs bdi", "invoice  gpj.exe");
            page.open("job=..%2Fstatus");
            page.awaitText(".error", "There is no such job");
            page.open("camera=..%2F..%2Fjobs,a..b," + CameraApi.CAMERA_ID);
            page.awaitText("#camera-note", "The camera cannot be “../../jobs”");
            page.awaitText(".chips", CameraApi.ALIAS);

            assertThat(browser.evaluate("document.querySelectorAll('main img, main script, [onerror]').length")
                            .intValue())
                    .isZero();
            assertThat(browser.evaluate("document.title").asText()).isNotEqualTo("owned");
            assertThat(browser.log().origins()).containsExactly(base.toString());
            assertThat(browser.log().requests())
                    .extracting(URI::getRawPath)
                    .filteredOn(path -> path.matches("/(jobs|cameras)/.+"))
                    .allMatch(path -> path.matches("/jobs/(events|" + CLIP + "|" + TURNED + ")|/cameras/(" + CAMERA
                            + "|" + CameraApi.CAMERA_ID + "|__proto__|constructor)/(coverage|snapshot.jpg)"));
        }
    }

    private static void ask(URI base, String clipId, String camera, String title) {
        Instant end = Instant.now().minusSeconds(30);
        String request = ClipClient.request(clipId, end.minusSeconds(2), end)
                .put("cameraId", camera)
                .put("title", title)
                .toString();
        assertThat(new ApiClient(base, null).post("/clips", request).status()).isEqualTo(202);
    }
}
