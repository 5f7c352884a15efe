package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A clip in a page of a real browser, and its currently displayed frame. */
public final class ShownInBrowser {
    /** Draws the current picture of a video, an image or a canvas and returns the white cells of the barcode. */
    private static final String CELLS =
            """
            (() => {
              const shown = document.querySelector('%s');
              const canvas = document.createElement('canvas');
              canvas.width = shown.videoWidth ?? shown.naturalWidth ?? shown.width;
              canvas.height = shown.videoHeight ?? shown.naturalHeight ?? shown.height;
              const context = canvas.getContext('2d', {willReadFrequently: true});
              context.drawImage(shown, 0, 0);
              const cell = canvas.width / 2 / %d;
              return Array.from({length: %d}, (_, i) =>
                  context.getImageData(Math.floor((i + 0.5) * cell), Math.floor(canvas.height / 54), 1, 1).data[1]);
            })()""";

    private final Browser browser;

    private ShownInBrowser(Browser browser) {
        this.browser = browser;
    }

    /**
     * Opens a clip and waits for its first picture.
     *
     * @param served the clip's folder, to which a page is added
     */
    public static ShownInBrowser open(Browser browser, Path clip, FileServer served) throws IOException {
        String name = clip.getFileName().toString();
        String page = "<!doctype html><video muted preload=auto src='" + name + "'></video>";
        Files.writeString(clip.resolveSibling("player.html"), page);
        URI address = served.address("player.html");
        browser.open(address);
        browser.evaluate(
                """
                new Promise((done, failed) => {
                  const video = document.querySelector('video');
                  const fail = () => failed(new Error(video.error ? video.error.message : 'error'));
                  if (video.error) fail();
                  video.onerror = fail;
                  video.onloadeddata = () => done();
                  if (video.readyState >= 2) done();
                })""");
        return new ShownInBrowser(browser);
    }

    /** @return the number of the displayed frame, or {@link DecodedClip#UNREADABLE} */
    public int frame() {
        return frame(browser, "video");
    }

    /**
     * @param selector of a video, an image or a canvas in the open page
     * @return the number of its frame, or {@link DecodedClip#UNREADABLE}
     */
    static int frame(Browser browser, String selector) {
        JsonNode levels = browser.evaluate(CELLS.formatted(selector, Barcode.CELLS, Barcode.CELLS));
        byte[] gray = new byte[Barcode.CELLS];
        for (int i = 0; i < gray.length; i++) {
            gray[i] = (byte) levels.get(i).intValue();
        }
        return Barcode.read(gray, 0);
    }

    /** Seeks to a time of the clip, in seconds. The picture may be displayed a little after the seek ends. */
    public void seek(double seconds) {
        browser.evaluate(String.format(
                Locale.ROOT,
                """
                new Promise((done, failed) => {
                  const video = document.querySelector('video');
                  video.onerror = () => failed(new Error(video.error.message));
                  video.onseeked = () => done();
                  video.currentTime = %.6f;
                })""",
                seconds));
    }

    /** @return the clip's duration in seconds according to the browser */
    public double duration() {
        return browser.evaluate("document.querySelector('video').duration").doubleValue();
    }
}
