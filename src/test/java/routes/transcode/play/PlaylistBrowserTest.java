package routes.transcode.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.Browser;
import routes.support.FileServer;
import routes.support.OwnService;

/** A page on another origin plays a stream in a real Chromium, which follows the redirects with {@code Origin: null}. */
@Tag("full")
class PlaylistBrowserTest {
    /** The least of a player: decrypts each file and appends it. */
    private static final String PLAYER =
            """
            (async master => {
              const read = async (url, as) => {
                const answer = await fetch(url);
                if (!answer.ok) throw new Error(answer.status + ' from ' + url);
                return answer[as]();
              };
              const text = await read(master, 'text');
              const rendition = new URL(text.split('\\n').find(line => line && line[0] !== '#'), master).href;
              const video = document.createElement('video');
              const source = new MediaSource();
              video.src = URL.createObjectURL(source);
              await new Promise(open => source.addEventListener('sourceopen', open, {once: true}));
              const buffer = source.addSourceBuffer('video/mp4; codecs="' + text.match(/CODECS="([^"]+)"/)[1] + '"');
              let key, iv;
              for (const line of (await read(rendition, 'text')).split('\\n')) {
                const given = line.match(/^#EXT-X-KEY:.*URI="([^"]+)",IV=0x([0-9a-f]+)/);
                if (given) {
                  key = await read(new URL(given[1], rendition), 'arrayBuffer');
                  iv = Uint8Array.from(given[2].match(/../g), digits => parseInt(digits, 16));
                }
                const map = line.match(/^#EXT-X-MAP:URI="([^"]+)"/);
                const uri = map ? map[1] : line[0] === '#' ? '' : line;
                if (!uri) continue;
                const secret = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['decrypt']);
                const bytes = await read(new URL(uri, rendition), 'arrayBuffer');
                buffer.appendBuffer(await crypto.subtle.decrypt({name: 'AES-CBC', iv}, secret, bytes));
                await new Promise(end => buffer.addEventListener('updateend', end, {once: true}));
              }
              source.endOfStream();
              video.currentTime = video.buffered.start(0) + 7;
              await new Promise(shown => video.addEventListener('seeked', shown, {once: true}));
              return {seconds: video.buffered.end(0) - video.buffered.start(0), width: video.videoWidth,
                      ready: video.readyState};
            })('%s')""";

    @TempDir
    Path folder;

    @Test
    void aPageOfAnOriginThatIsSetPlaysAndAnotherDoesNot() throws Exception {
        Files.writeString(folder.resolve("page.html"), "<!doctype html><title>player</title>");
        try (Browser browser = Browser.start();
                FileServer pages = new FileServer(folder);
                PlayedFilms films =
                        new PlayedFilms(OwnService.resources(), Map.of("PLAYLIST_ORIGINS", origin(pages)))) {
            URI playlist = films.playlist(films.stream(folder, PlayedFilms.COPIED, Duration.ofSeconds(14)));

            browser.open(pages.address("page.html"));
            JsonNode shown = browser.evaluate(PLAYER.formatted(playlist));
            assertThat(shown.path("seconds").asDouble()).isBetween(13.9, 14.1);
            assertThat(shown.path("width").asInt()).isEqualTo(320);
            assertThat(shown.path("ready").asInt()).isGreaterThanOrEqualTo(2);

            browser.open(URI.create(pages.address("page.html").toString().replace("127.0.0.1", "localhost")));
            assertThatThrownBy(() -> browser.evaluate(PLAYER.formatted(playlist)))
                    .hasMessageContaining("Failed to fetch");
        }
    }

    private static String origin(FileServer pages) {
        return pages.address("").toString().replaceFirst("/$", "");
    }
}
