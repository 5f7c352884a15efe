package routes.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.ApiClient;
import routes.support.Browser;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.OwnService;
import routes.support.PageInBrowser;
import routes.support.TranscodeClient;
import routes.transcode.UploadedFilms;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Uploads of films on the page in a real Chromium: cancelled, refused, and broken; and their jobs. */
@Tag("full")
class PageUploadTest {
    private static final Map<String, String> SETTINGS = Map.of("API_AUTH", "off", "LADDER", "180 144");

    @TempDir
    static Path folder;

    private static Browser browser;
    private static LocalResources resources;
    private static OwnService service;
    private static TranscodeClient client;
    private static PageInBrowser page;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        resources = OwnService.resources();
        service = OwnService.start(resources, SETTINGS);
        client = new TranscodeClient(LocalCloud.shared(), resources, new ApiClient(address(service), null));
        page = new PageInBrowser(browser, address(service));
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
    void reconnect() {
        // the question that the page asks while it uploads would stay unanswered
        browser.evaluate("addEventListener('beforeunload', event => event.stopImmediatePropagation(), true)");
        browser.network(-1);
        browser.block("");
        browser.answer("", 0, "");
    }

    @Test
    void aCancelledUploadLeavesNothingAndIsTriedAgain() throws IOException {
        Path film = film("cancelled.mp4");
        page.open("page=films");
        browser.network(Files.size(film) / 30);
        page.choose("#films", film);
        page.awaitTrue("document.querySelector('.uploads progress')?.value > 3");

        page.clickText("Cancel");

        page.awaitText(".uploads", "Cancelled.");
        browser.network(-1);
        assertThat(uploaded("cancelled.mp4")).isEmpty();
        page.clickText("Try again");
        page.awaitText(".uploads", "Watch it become a stream");
        assertThat(uploaded("cancelled.mp4")).hasSize(1);
        page.clickText("Remove");
        page.awaitTrue("!document.querySelector('.uploads') && document.activeElement.id === 'films'");
    }

    @Test
    void twoOfSeveralFilmsAreSentAtOnceAndTheViewMayChange() throws IOException {
        browser.log().clear();
        Path[] films = {film("one.mp4"), film("two.mp4"), film("three.mp4")};
        page.open("page=films");
        browser.network(Files.size(films[0]) / 10);
        // with the keyboard
        browser.evaluate("document.querySelector('#films').focus()");
        browser.choose(List.of(films), () -> browser.key("Enter"));
        page.awaitTrue("document.querySelectorAll('.uploads .sending').length === 2");
        page.awaitText(".uploads .waiting", "Waiting for other uploads.");

        page.clickText("Jobs");
        page.awaitText("h1", "Jobs");
        browser.network(-1);
        page.clickText("Films");

        page.awaitTrue("document.querySelectorAll('.uploads .done').length === 3");
        for (String name : List.of("one.mp4", "two.mp4", "three.mp4")) {
            page.awaitText(".jobs", name);
        }
        assertThat(browser.log().errors()).isEmpty();
    }

    @Test
    void aBrokenConnectionIsToldAtTheFilm() throws IOException {
        Path film = film("broken.mp4");
        page.open("page=films");
        browser.network(0);
        page.choose("#films", film);
        page.awaitText(".uploads .error", "The service cannot be reached.");

        browser.network(-1);
        browser.block("*" + resources.uploadBucket() + "*");
        page.clickText("Try again");
        page.awaitText(".uploads .error", "The bucket cannot be reached");

        browser.block("");
        browser.network(Files.size(film) / 30);
        page.clickText("Try again");
        page.awaitTrue("document.querySelector('.uploads progress')?.value > 3");
        // what was begun goes on
        browser.network(0);
        page.awaitText(".uploads .error", "The film is in the bucket, but its job is not found.");
        browser.network(-1);
        page.clickText("Look again");
        page.awaitText(".uploads .done", "Watch it become a stream");
        page.clickText("Remove");

        browser.network(0);
        page.choose("#films", film);
        page.awaitText(".uploads .error", "The service cannot be reached.");
        browser.network(-1);
        Files.writeString(film, "changed");
        page.clickText("Try again");
        page.awaitText(".uploads .error", "The file was moved or changed. Choose it again.");
    }

    @Test
    void aFileThatCannotBeAFilmIsNotSent() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        page.open("page=films");

        page.choose("#films", empty);
        page.awaitText(".uploads", "The file is empty.");
        browser.evaluate("import('/console/settings.js').then(({settings}) => { settings.maxUploadBytes = 1000; })");
        page.choose("#films", film("large.mp4"));

        page.awaitText(".uploads .error", "Allowed are 1.0 kB.");
        assertThat(page.text(".uploads")).doesNotContain("Try again");
        assertThat(uploaded("large.mp4")).isEmpty();
    }

    @Test
    void refusalsOfTheServiceAndOfTheBucketAreToldAtTheFilm() throws IOException {
        LocalResources others = OwnService.resources();
        try (OwnService other = OwnService.start(
                others,
                Map.of("API_AUTH", "off", "UPLOAD_LIMIT", "1000000", "TRANSCODE_WORKERS", "1", "LADDER", "180 144"))) {
            PageInBrowser there = new PageInBrowser(browser, address(other));
            there.open("page=films");
            there.awaitText("#films-note", "1.0 MB");
            browser.evaluate(
                    "import('/console/settings.js').then(({settings}) => { settings.maxUploadBytes = 1e12; })");
            Path large = Files.write(folder.resolve("too-large.mp4"), new byte[1_000_001]);
            there.choose("#films", large);
            there.awaitText(".uploads .error", "Bytes: it must be at most 1000000.");

            there.clickText("Remove");
            browser.answer(
                    "*/" + others.uploadBucket() + "/*",
                    403,
                    "<Error><Code>AccessDenied</Code><Message>no</Message></Error>");
            there.choose("#films", write("refused.mp4", UploadedFilms.film("refused")));
            there.awaitText(
                    ".uploads .error",
                    "The bucket refused the film (status 403, AccessDenied). Its link may have ended.");
        }
    }

    @Test
    void tooManyRequestsAreToldWithTheTimeToWait() throws IOException {
        try (OwnService other = OwnService.start(
                OwnService.resources(), Map.of("API_AUTH", "off", "API_RATE", "1", "API_BURST", "8"))) {
            PageInBrowser there = new PageInBrowser(browser, address(other));
            there.open("page=films");
            Path[] films = IntStream.range(0, 12)
                    .mapToObj(i -> write("many-" + i + ".mp4", UploadedFilms.film("many " + i)))
                    .toArray(Path[]::new);

            there.choose("#films", films);

            there.awaitText(".uploads .error", "At most 1 requests a second. Try again in 1 s.");
        }
    }

    @Test
    void aFileThatIsNoFilmFailsWithItsReason() throws IOException {
        page.open("page=films");
        page.choose("#films", write("notes.mp4", "These are notes.".getBytes(StandardCharsets.UTF_8)));
        page.clickText("Watch it become a stream");

        page.awaitText(".stage .big", "Not a film");
        page.awaitText(".stage", "The file is not a film");
        page.awaitText(".pairs", "NOT_A_FILM");
        page.awaitText(".actions", "Try again");
        page.open("page=films");
        page.awaitText(".jobs .outcome", "Not a film");
    }

    @Test
    void aTranscodeIsFollowedCancelledAndRetried() throws IOException {
        String key = "uploads/endless.mp4";
        client.upload(key, UploadedFilms.endless());
        String id = client.awaited(key, "RUNNING").path("jobId").asText();
        page.open("page=films");
        page.awaitTrue("document.querySelector('.jobs .percent')");
        page.click(".jobs a:has(.RUNNING)");
        page.awaitText(".steps", "film read");
        page.awaitTrue("document.querySelector('.stage progress').value > 5");
        page.awaitText(".stage", "Last step:");

        page.clickText("Cancel the job");

        page.awaitText(".stage", "The job was cancelled.");
        assertThat(client.objects(id)).isEmpty();
        page.clickText("Try again");
        page.awaitText(".pairs", "Run2");
        page.awaitTrue("document.querySelector('.stage progress')?.value > 5");
        page.clickText("Cancel the job");
        page.awaitText(".stage", "The job was cancelled.");
    }

    @Test
    void aHostileNameIsShownAsText() throws IOException {
        String name = "<img src=x onerror=\"document.title='owned'\">";
        page.open("page=films");
        page.choose("#films", write(name + "\u202e4pm.mp4", UploadedFilms.film("hostile")));

        page.awaitText(".uploads .done .name", name + " 4pm.mp4");
        page.awaitText(".jobs .name", "_img_src_x_onerror__document.title__owned____4pm.mp4");
        // whoever has rights in the bucket chooses any key
        client.upload("uploads/" + name + "\u202e4pm.mp4", UploadedFilms.film("more hostile"));
        page.awaitText(".jobs .name", name + " 4pm.mp4");
        page.clickText("Jobs");
        page.awaitText(".jobs .name", name + " 4pm.mp4");
        page.open("job="
                + client.awaited("uploads/" + name + "\u202e4pm.mp4", "DONE")
                        .path("jobId")
                        .asText());
        page.awaitText("h1", name + " 4pm.mp4");
        page.awaitText(".pairs .mono", "uploads/" + name);

        assertThat(page.text("main")).doesNotContain("\u202e");
        assertThat(browser.evaluate("document.querySelectorAll('main img, [onerror]').length")
                        .intValue())
                .isZero();
        assertThat(browser.evaluate("document.title").asText()).contains("· Camclips");
    }

    @Test
    void aServiceThatTranscodesNothingOffersNoUpload() throws IOException {
        client.upload("uploads/earlier.mp4", UploadedFilms.film("earlier"));
        String id = client.awaited("uploads/earlier.mp4", "DONE").path("jobId").asText();
        try (OwnService off = OwnService.start(
                resources,
                Map.of("API_AUTH", "off", "TRANSCODE_QUEUE", "", "TRANSCODE_BUCKET", "", "KEYS_TABLE", ""))) {
            PageInBrowser there = new PageInBrowser(browser, address(off));
            browser.log().clear();
            there.open("page=films");
            there.awaitText("h1", "Footage");
            assertThat(there.text("nav")).isEqualTo("FootageJobsOperators");

            there.open("job=" + id);
            there.awaitText("h1", "earlier.mp4");
            there.awaitText(".stage", "This service plays no streams.");
            assertThat(browser.log().errors()).isEmpty();
        }
    }

    private static List<String> uploaded(String name) {
        return LocalCloud.shared()
                .s3()
                .listObjectsV2(request -> request.bucket(resources.uploadBucket()))
                .contents()
                .stream()
                .map(S3Object::key)
                .filter(key -> key.endsWith("/" + name))
                .toList();
    }

    /** A film that is larger than what the system takes at once from a browser. */
    private static Path film(String name) {
        return write(name, UploadedFilms.film(name.repeat(20_000_000 / name.length())));
    }

    private static Path write(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI address(OwnService served) {
        return URI.create("http://127.0.0.1:" + served.port("server"));
    }
}
