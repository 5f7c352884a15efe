package routes.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The service's page in a real browser, used with mouse and keyboard. */
public final class PageInBrowser {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Browser browser;
    private final URI service;

    /** @param service base URL of its API */
    public PageInBrowser(Browser browser, URI service) {
        this.browser = browser;
        this.service = service;
    }

    public Browser browser() {
        return browser;
    }

    /** @param state of the page, as in its address after the hash */
    public PageInBrowser open(String state) {
        // a page that differs in its hash only would not be loaded again
        browser.open(URI.create("about:blank"));
        browser.open(URI.create(service + "/#" + state));
        awaitTrue("document.querySelector('main') !== null");
        return this;
    }

    /** Waits until an expression is true; a promise is awaited. */
    public void awaitTrue(String expression) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.evaluate("Promise.resolve(" + expression + ").then(Boolean)")
                                .booleanValue())
                        .as(() -> expression + " in: " + text("body"))
                        .isTrue());
    }

    /** Waits until the text of an element contains this. */
    public void awaitText(String selector, String expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(text(selector)).as(selector).contains(expected));
    }

    /** @return the text of all matching elements, separated by blanks; empty if there is none */
    public String text(String selector) {
        return browser.evaluate("[...document.querySelectorAll(%s)].map(e => e.textContent).join(' ')"
                        .formatted(quoted(selector)))
                .asText();
    }

    /** @return the value of an input */
    public String value(String selector) {
        return browser.evaluate("document.querySelector(%s).value".formatted(quoted(selector)))
                .asText();
    }

    /** @return a value of the page's state, which is in the address; empty if it is not there */
    public String state(String name) {
        String hash = browser.evaluate("decodeURIComponent(location.hash)").asText();
        Map<String, String> values = Arrays.stream(
                        hash.substring(Math.min(1, hash.length())).split("&"))
                .filter(pair -> pair.contains("="))
                .collect(Collectors.toMap(
                        pair -> pair.substring(0, pair.indexOf('=')), pair -> pair.substring(pair.indexOf('=') + 1)));
        return values.getOrDefault(name, "");
    }

    /** Waits until the state names this instant. */
    public void awaitInstant(String name, Instant expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(state(name))
                .isNotEmpty()
                .satisfies(text -> assertThat(Instant.parse(text)).isEqualTo(expected)));
    }

    /** Clicks the middle of an element with the mouse. */
    public void click(String selector) {
        double[] at = middle(selector);
        browser.mouse("mouseMoved", at[0], at[1], false);
        browser.mouse("mousePressed", at[0], at[1], true);
        browser.mouse("mouseReleased", at[0], at[1], false);
    }

    /** Chooses files with the mouse and the dialog of an input. */
    public void choose(String selector, Path... files) {
        browser.choose(List.of(files), () -> click(selector));
    }

    /** Clicks the button or link with this text. */
    public void clickText(String text) {
        String find = "[...document.querySelectorAll('button, a')].find(e => e.textContent.trim() === %s)"
                .formatted(quoted(text));
        awaitTrue(find);
        browser.evaluate(find + ".setAttribute('data-test', 'next')");
        click("[data-test=next]");
        browser.evaluate("document.querySelector('[data-test=next]')?.removeAttribute('data-test')");
    }

    /** Drags an element sideways with the mouse. */
    public void drag(String selector, double pixels) {
        double[] at = middle(selector);
        browser.mouse("mouseMoved", at[0], at[1], false);
        browser.mouse("mousePressed", at[0], at[1], true);
        browser.mouse("mouseMoved", at[0] + pixels / 2, at[1], true);
        browser.mouse("mouseMoved", at[0] + pixels, at[1], true);
        browser.mouse("mouseReleased", at[0] + pixels, at[1], false);
    }

    /** Replaces the text of an input and leaves it. */
    public void enter(String selector, String text) {
        awaitTrue("document.querySelector(%s)".formatted(quoted(selector)));
        browser.evaluate("document.querySelector(%1$s).focus(), document.querySelector(%1$s).select()"
                .formatted(quoted(selector)));
        browser.insert(text);
        browser.evaluate("document.activeElement.blur()");
    }

    /** @return viewport coordinates, after scrolling there and once the element stands still */
    private double[] middle(String selector) {
        return at(selector, 0.5);
    }

    private double[] at(String selector, double share) {
        awaitTrue("document.querySelector(%1$s)?.disabled !== true && document.querySelector(%1$s)"
                .formatted(quoted(selector)));
        JsonNode box = browser.evaluate(
                """
                (async () => {
                  let last = '';
                  for (;;) {
                    const element = document.querySelector(%s);
                    element.scrollIntoView({block: 'nearest'});
                    const {x, y, width, height} = element.getBoundingClientRect();
                    const middle = [x + width * %s, y + height / 2];
                    if (String(middle) === last && !document.querySelector('[aria-busy=true]')) return middle;
                    last = String(middle);
                    await new Promise(resolve => setTimeout(resolve, 100));
                  }
                })()"""
                        .formatted(quoted(selector), share));
        return new double[] {box.get(0).doubleValue(), box.get(1).doubleValue()};
    }

    /** Waits until the player's canvas shows a frame of this number. */
    public void awaitFrame(long number) {
        awaitFrame(".still:not([hidden])", number);
    }

    /** @return the number of the frame that a video, an image or a canvas shows */
    public int frame(String selector) {
        return ShownInBrowser.frame(browser, selector);
    }

    /** Waits until an image or a canvas shows a frame of this number. */
    public void awaitFrame(String selector, long number) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        ShownInBrowser.frame(browser, selector))
                .isEqualTo((int) number));
    }

    /**
     * Moves the mouse over an element.
     *
     * @param share of its width, from its left
     */
    public void hover(String selector, double share) {
        double[] at = at(selector, share);
        browser.mouse("mouseMoved", at[0], at[1], false);
    }

    /** Changes the state in the address of the open page, as somebody who enters it there. */
    public void enterAddress(String state) {
        browser.evaluate("location.hash = " + quoted(state));
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
