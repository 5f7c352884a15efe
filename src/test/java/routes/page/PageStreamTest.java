package routes.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.ApiClient;
import routes.support.Axe;
import routes.support.Browser;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.OwnService;
import routes.support.PageInBrowser;
import routes.support.TranscodeClient;
import routes.transcode.hls.StreamFilms;

/** A film on the page in a real Chromium: uploaded with the mouse, watched, and played as a stream. */
@Tag("full")
class PageStreamTest {
    private static final int FPS = 25;
    /** hls.js begins with the first decoding time, which B-frames set two frames before the first picture. */
    private static final int DELAY = 2;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    @TempDir
    static Path folder;

    private static Browser browser;
    private static OwnService service;
    private static TranscodeClient client;
    private static PageInBrowser page;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        LocalResources resources = OwnService.resources();
        service = OwnService.start(
                resources,
                Map.of(
                        "API_AUTH",
                        "off",
                        "LADDER",
                        "180 144",
                        "PLAYLIST_TOKEN_LIFE",
                        Long.toString(TOKEN_LIFE.toSeconds())));
        client = new TranscodeClient(LocalCloud.shared(), resources, new ApiClient(address(), null));
        page = new PageInBrowser(browser, address());
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
    void assertNoOtherHost() {
        assertThat(Set.of(address().toString(), bucket()))
                .containsAll(browser.log().origins());
        browser.log().clear();
    }

    @Test
    void aFilmIsUploadedWithTheMouseAndPlayed() throws IOException {
        Path film = film("garden.mp4", Duration.ofSeconds(20));
        page.open("");
        page.clickText("Films");
        page.awaitText(".empty", "No film was uploaded yet.");
        browser.evaluate(
                """
                window.seen = [];
                new MutationObserver(() => seen.push(document.querySelector('.uploads progress')?.value ?? -1))
                  .observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true})""");
        browser.network(Files.size(film) / 4);

        page.choose("#films", film);

        page.awaitText(".uploads", "Uploading.");
        page.awaitText(".uploads", "Watch it become a stream");
        browser.network(-1);
        JsonNode seen = browser.evaluate("[...new Set(seen)].filter(value => value > 0 && value < 100)");
        assertThat(seen).as("percent of the progress bar").hasSizeGreaterThan(3);
        page.awaitText(".jobs .name", "garden.mp4");
        assertThat(scripts()).as("before a stream is opened").isEmpty();

        page.clickText("Watch it become a stream");
        page.awaitTrue("document.querySelector('.state')?.classList.contains('DONE')");
        page.awaitText("h1", "garden.mp4");
        page.awaitText(".pairs", "0:20.000");
        page.awaitText(".pairs", "640 × 360");
        page.awaitFrame("video", 0);
        play(30);
        showsFrame(410);
        assertThat(scripts()).containsExactly("hls.light.min.js", "hls.worker.js");
        assertThat(browser.log().errors()).isEmpty();

        page.awaitTrue("location.hash.includes('t=16.5')");
        page.open("job=" + page.state("job") + "&t=16.5");
        page.awaitFrame("video", 410);
        assertThat(seconds()).as("the place after a reload").isBetween(16.4, 16.6);
        assertThat(client.jobs(inputFile())).as("jobs of the upload").hasSize(1);
    }

    @Test
    void aTokenThatEndsIsReplacedWhileTheFilmPlays() throws IOException {
        openStream(film("long.mp4", Duration.ofSeconds(90)));
        play(5);
        browser.log().clear();
        try {
            LocalServices.clock().advance(TOKEN_LIFE.plusSeconds(1));
            showsFrame(2000);
            play(5);
            assertThat(browser.log().errors()).isNotEmpty().allMatch(line -> line.contains("401"));
            assertThat(tokens()).isEqualTo(1);
            page.awaitTrue("!document.querySelector('.trouble')");
        } finally {
            LocalServices.clock().reset();
        }
    }

    @Test
    void aTokenIsReplacedBeforeItEnds() throws IOException {
        openStream(film("longer.mp4", Duration.ofSeconds(90)));
        play(5);
        browser.log().clear();

        browser.evaluate(
                "{const now = Date.now; Date.now = () => now() + %d}".formatted(TOKEN_LIFE.toMillis() / 2 + 1000));
        showsFrame(2000);

        assertThat(tokens()).isEqualTo(1);
        assertThat(browser.log().errors()).isEmpty();
    }

    @Test
    void anErrorIsToldAndThePlaceKept() throws IOException {
        String id = openStream(film("blocked.mp4", Duration.ofSeconds(90)));
        browser.block("*/transcodes/" + id + "/*");
        browser.evaluate("document.querySelector('video').currentTime = 80.1");
        page.awaitText(".trouble", "The connection broke. Trying again …");
        page.awaitText(".trouble", "The bucket cannot be reached, or does not allow this page to play (CORS).");
        browser.screenshot(Files.createDirectories(SCREENSHOTS).resolve("page-trouble.png"));
        assertThat(Axe.findings(browser)).isEmpty();

        browser.block("");
        page.clickText("Try again");
        page.awaitFrame("video", 2000);
        page.awaitTrue("!document.querySelector('.trouble')");

        browser.answer("*/transcodes/" + id + "/*", 404, "");
        browser.evaluate("document.querySelector('video').currentTime = 0");
        page.awaitText(".trouble", "A part of the stream cannot be read (status 404).");
        browser.answer("", 0, "");
    }

    @Test
    void aBrowserWithoutMediaSourcePlaysByItselfOrSaysThatItCannot() throws IOException {
        String id = openStream(film("native.mp4", Duration.ofSeconds(2)));
        page.open("page=films");
        browser.log().clear();
        browser.evaluate("delete globalThis.MediaSource");
        page.enterAddress("job=" + id);

        page.awaitTrue(
                "document.querySelector('video')?.canPlayType('application/vnd.apple.mpegurl')"
                        + " ? document.querySelector('video').src.includes('/playlist.m3u8?token=')"
                        + " : document.querySelector('.trouble')?.textContent.includes('This browser cannot play streams (HLS).')");
        assertThat(scripts()).isEmpty();
    }

    /** @return id of its job */
    private static String openStream(Path film) throws IOException {
        String key = "uploads/" + film.getFileName();
        client.upload(key, Files.readAllBytes(film));
        String id = client.awaited(key, "DONE").path("jobId").asText();
        page.open("job=" + id);
        page.awaitFrame("video", 0);
        return id;
    }

    /** Plays until so many frames were decoded, and pauses. */
    private static void play(int frames) {
        browser.evaluate("window.decoded = document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames;"
                + " document.querySelector('video').play()");
        page.awaitTrue(
                "document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames > decoded + " + frames);
        browser.evaluate("document.querySelector('video').pause()");
    }

    /** Seeks to the middle of a frame and waits until it is shown. */
    private static void showsFrame(int number) {
        browser.evaluate("document.querySelector('video').currentTime = " + (number + DELAY + 0.5) / FPS);
        page.awaitFrame("video", number);
    }

    private static double seconds() {
        return browser.evaluate("document.querySelector('video').currentTime").doubleValue();
    }

    private static List<String> scripts() {
        return names("/console/hls/");
    }

    private static int tokens() {
        return (int) browser.log().requests().stream()
                .filter(address -> address.getPath().endsWith("/playlist-token"))
                .count();
    }

    private static List<String> names(String path) {
        return browser.log().requests().stream()
                .map(URI::getPath)
                .filter(name -> name.startsWith(path))
                .map(name -> name.substring(path.length()))
                .distinct()
                .sorted()
                .toList();
    }

    private static String inputFile() {
        return new ApiClient(address(), null)
                .get("/jobs/" + page.state("job"))
                .body()
                .path("request")
                .path("inputFile")
                .asText();
    }

    private static Path film(String name, Duration length) throws IOException {
        Path made = StreamFilms.record(Files.createTempDirectory(folder, "film"), StreamFilms.spec(), length);
        return Files.move(made, made.resolveSibling(name));
    }

    private static String bucket() {
        return LocalCloud.shared().environment().get("AWS_ENDPOINT_URL_S3");
    }

    private static URI address() {
        return URI.create("http://127.0.0.1:" + service.port("server"));
    }
}
