package routes.transcode.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.Browser;
import routes.support.FileServer;
import routes.support.OwnService;
import routes.support.PageInBrowser;

/** A page on another origin plays a stream with hls.js in a real Chromium, which follows the redirects with {@code Origin: null}. */
@Tag("full")
class PlaylistBrowserTest {
    private static final List<String> PLAYER = List.of("hls.light.min.js", "hls.worker.js");
    private static final String PAGE =
            "<!doctype html><title>player</title><script src=hls.light.min.js></script><video>";
    private static final String PLAY =
            """
            new Promise((done, failed) => {
              const video = document.querySelector('video');
              const hls = new Hls({workerPath: 'hls.worker.js', startPosition: 7.1});
              hls.on(Hls.Events.ERROR, (event, {details, fatal}) => fatal && failed(new Error(details)));
              video.oncanplay = () => done({seconds: video.duration, width: video.videoWidth});
              hls.loadSource('%s');
              hls.attachMedia(video);
            })""";

    @TempDir
    Path folder;

    @Test
    void aPageOfAnOriginThatIsSetPlaysAndAnotherDoesNot() throws Exception {
        Files.writeString(folder.resolve("page.html"), PAGE);
        try (Browser browser = Browser.start();
                FileServer pages = new FileServer(folder);
                PlayedFilms films =
                        new PlayedFilms(OwnService.resources(), Map.of("PLAYLIST_ORIGINS", origin(pages)))) {
            for (String file : PLAYER) {
                try (InputStream script =
                        films.at("/console/hls/" + file).toURL().openStream()) {
                    Files.copy(script, folder.resolve(file));
                }
            }
            URI playlist = films.playlist(films.stream(folder, PlayedFilms.COPIED, Duration.ofSeconds(14)));

            browser.open(pages.address("page.html"));
            JsonNode shown = browser.evaluate(PLAY.formatted(playlist));
            assertThat(shown.path("seconds").asDouble()).isBetween(13.9, 14.1);
            assertThat(shown.path("width").asInt()).isEqualTo(320);
            new PageInBrowser(browser, pages.address("")).awaitFrame("video", 175);
            assertThat(browser.log().requests()).contains(pages.address("hls.worker.js"));
            assertThat(browser.log().errors()).isEmpty();

            browser.open(URI.create(pages.address("page.html").toString().replace("127.0.0.1", "localhost")));
            assertThatThrownBy(() -> browser.evaluate(PLAY.formatted(playlist)))
                    .hasMessageContaining("manifestLoadError");
        }
    }

    private static String origin(FileServer pages) {
        return pages.address("").toString().replaceFirst("/$", "");
    }
}
