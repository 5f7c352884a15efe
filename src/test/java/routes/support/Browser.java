package routes.support;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.springframework.util.FileSystemUtils;

/** A headless Chromium with one page. */
public final class Browser implements AutoCloseable {
    private static final Duration TO_START = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final Process process;
    private final Path profile;
    private final DevTools page;
    private final BrowserLog log = new BrowserLog();

    private Browser(Process process, Path profile, DevTools page) {
        this.process = process;
        this.profile = profile;
        this.page = page;
        log.attach(page);
        // such as the question of a page that is left while it uploads
        page.listen(
                "Page.javascriptDialogOpening", dialog -> later("Page.handleJavaScriptDialog", Map.of("accept", true)));
    }

    /** Starts it. If no Chromium is available, the calling test is skipped with a one-line reason. */
    public static Browser start() throws IOException {
        LocalChromium chromium;
        try {
            chromium = LocalChromium.find();
        } catch (LocalChromium.NoChromiumException e) {
            System.out.println("skipped, there is no Chromium: " + e.getMessage());
            return Assumptions.abort("there is no Chromium: " + e.getMessage());
        }
        Path profile = Files.createTempDirectory("browser");
        List<String> command = new ArrayList<>(List.of(chromium.program().toString(), "--headless"));
        // it opens only pages of the tests, and its sandbox does not work as root or in a container
        // start
        command.addAll(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"));
        command.addAll(
                List.of("--disable-background-networking", "--remote-debugging-port=0", "--window-size=1280,900"));
        command.addAll(
                List.of("--autoplay-policy=no-user-gesture-required", "--user-data-dir=" + profile, "about:blank"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("browser.log").toFile());
        builder.environment().putAll(chromium.environment());
        Process process = builder.start();
        try {
            return new Browser(process, profile, new DevTools(pageOf(profile)));
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw new IllegalStateException(Files.readString(profile.resolve("browser.log")), e);
        }
    }

    /** Chromium writes its debugging port into the profile and lists its pages at that port. */
    private static URI pageOf(Path profile) throws IOException {
        Path written = profile.resolve("DevToolsActivePort");
        await().atMost(TO_START)
                .until(() -> Files.exists(written) && !Files.readString(written).isBlank());
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(written).get(0) + "/json/list");
        try (InputStream in = list.toURL().openStream()) {
            JsonNode pages = ClipClient.json(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return URI.create(pages.get(0).get("webSocketDebuggerUrl").textValue());
        }
    }

    /** Opens an address and returns after the page and its subresources have loaded. */
    public void open(URI address) {
        page.ask("Page.enable", Map.of());
        page.awaiting("Page.loadEventFired", () -> page.ask("Page.navigate", Map.of("url", address.toString())));
    }

    /** Sets the viewport size, in CSS pixels. */
    public void resize(int width, int height) {
        page.ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Chooses files in the dialog that an action opens, such as a click on an input. */
    public void choose(List<Path> files, Runnable open) {
        page.ask("Page.enable", Map.of());
        page.ask("Page.setInterceptFileChooserDialog", Map.of("enabled", true));
        JsonNode dialog = page.awaiting("Page.fileChooserOpened", open);
        page.ask("Page.setInterceptFileChooserDialog", Map.of("enabled", false));
        List<String> names =
                files.stream().map(file -> file.toAbsolutePath().toString()).toList();
        page.ask(
                "DOM.setFileInputFiles",
                Map.of(
                        "files",
                        names,
                        "backendNodeId",
                        dialog.get("backendNodeId").intValue()));
    }

    /**
     * Limits the network of the page.
     *
     * @param upload bytes per second; 0 for no connection, negative for no limit
     */
    public void network(long upload) {
        page.ask(
                "Network.emulateNetworkConditions",
                Map.of(
                        "offline",
                        upload == 0,
                        "latency",
                        0,
                        "downloadThroughput",
                        -1,
                        "uploadThroughput",
                        upload == 0 ? -1 : upload));
    }

    /** @param pattern of addresses that cannot be reached from now on, with {@code *}; empty for none */
    public void block(String pattern) {
        page.ask("Network.setBlockedURLs", Map.of("urls", pattern.isEmpty() ? List.of() : List.of(pattern)));
    }

    /**
     * Answers requests itself, as a server that allows every origin.
     *
     * @param pattern of their addresses, with {@code *}; empty for none from now on
     */
    public void answer(String pattern, int status, String body) {
        if (pattern.isEmpty()) {
            page.ask("Fetch.disable", Map.of());
            return;
        }
        List<Map<String, String>> headers = List.of(
                Map.of("name", "Access-Control-Allow-Origin", "value", "*"),
                Map.of("name", "Access-Control-Allow-Methods", "value", "*"),
                Map.of("name", "Access-Control-Allow-Headers", "value", "*"));
        page.listen(
                "Fetch.requestPaused",
                paused -> later(
                        "Fetch.fulfillRequest",
                        Map.of(
                                "requestId",
                                paused.path("requestId").asText(),
                                "responseCode",
                                paused.path("request").path("method").asText().equals("OPTIONS") ? OK : status,
                                "responseHeaders",
                                headers,
                                "body",
                                Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)))));
        page.ask("Fetch.enable", Map.of("patterns", List.of(Map.of("urlPattern", pattern))));
    }

    /** Asks in another thread, since an answer cannot be awaited in the one of the events. */
    private void later(String method, Map<String, ?> parameters) {
        new Thread(() -> page.ask(method, parameters)).start();
    }

    /** What the pages reported and requested since the start or the last {@link BrowserLog#clear()}. */
    public BrowserLog log() {
        return log;
    }

    /** Loads nothing from the cache, so that every request is counted with its bytes. */
    public void withoutCache() {
        page.ask("Network.setCacheDisabled", Map.of("cacheDisabled", true));
    }

    /** @param zone such as {@code America/New_York} */
    public void timeZone(String zone) {
        page.ask("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
    }

    /** @param scheme {@code dark} or {@code light} */
    public void colours(String scheme) {
        page.ask(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /**
     * Moves the mouse, or presses or releases its left button.
     *
     * @param type {@code mouseMoved}, {@code mousePressed} or {@code mouseReleased}
     * @param isDown whether the button is down meanwhile
     */
    public void mouse(String type, double x, double y, boolean isDown) {
        boolean moves = type.equals("mouseMoved");
        page.ask(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        x,
                        "y",
                        y,
                        "button",
                        moves && !isDown ? "none" : "left",
                        "buttons",
                        isDown ? 1 : 0,
                        "clickCount",
                        moves ? 0 : 1));
    }

    /** @param pixels positive zooms out */
    public void wheel(double x, double y, double pixels) {
        page.ask(
                "Input.dispatchMouseEvent",
                Map.of("type", "mouseWheel", "x", x, "y", y, "deltaX", 0, "deltaY", pixels, "button", "none"));
    }

    /**
     * Presses and releases a key.
     *
     * @param key its name in a key event, such as {@code Enter} or {@code i}
     */
    public void key(String key) {
        String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
        page.ask("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "text", text));
        page.ask("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    /** Enters text where the focus is. */
    public void insert(String text) {
        page.ask("Input.insertText", Map.of("text", text));
    }

    /**
     * Evaluates JavaScript in the page.
     *
     * @param expression a promise is awaited
     * @return its value
     * @throws IllegalStateException with the exception of the script
     */
    public JsonNode evaluate(String expression) {
        JsonNode answer = page.ask(
                "Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.get("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    /** Writes a screenshot as PNG. */
    public Path screenshot(Path file) throws IOException {
        JsonNode picture = page.ask("Page.captureScreenshot", Map.of("format", "png"));
        return Files.write(file, Base64.getDecoder().decode(picture.get("data").textValue()));
    }

    @Override
    public void close() throws IOException {
        page.close();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        FileSystemUtils.deleteRecursively(profile);
    }
}
