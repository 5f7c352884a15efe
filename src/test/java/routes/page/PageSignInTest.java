package routes.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import routes.support.Browser;
import routes.support.CameraApi;
import routes.support.LocalServices;
import routes.support.OwnService;
import routes.support.PageInBrowser;
import routes.support.PastFootage;
import routes.support.TokenIssuer;

/** Sign-in to the page in a real Chromium, at an issuer whose endpoints are on another host than its documents. */
@Tag("full")
class PageSignInTest {
    private static final TokenIssuer ISSUER = LocalServices.tokens();

    private static Browser browser;
    private static OwnService service;
    private static PageInBrowser page;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        service = OwnService.start(OwnService.resources(), Map.of("API_AUTH", "on", "WEB_CLIENT_ID", "page"));
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

    @BeforeEach
    void clear() {
        browser.log().clear();
    }

    @Test
    void aUserSignsInAtTheIssuerAndKeepsTheView() {
        page.open("page=jobs&status=failed");

        page.clickText("Sign in");

        page.awaitText("h1", "Jobs");
        page.awaitText(".empty", "No job matches.");
        assertThat(page.state("status")).isEqualTo("failed");
        assertThat(browser.evaluate("location.search").asText()).isEmpty();
        assertThat(browser.evaluate("sessionStorage.length + localStorage.length + document.cookie.length")
                        .intValue())
                .as("what the browser keeps")
                .isZero();
        assertThat(browser.log().errors()).isEmpty();
        assertThat(browser.log().origins())
                .containsExactlyInAnyOrder(
                        address().toString(), ISSUER.signInUrl().toString());

        PastFootage.shared();
        page.enterAddress("camera=" + CameraApi.CAMERA_ID);
        page.awaitTrue("document.querySelector('.newest img')?.naturalWidth > 0");
        assertThat(browser.log().errors()).isEmpty();

        page.clickText("Sign out");
        page.awaitTrue("location.href.startsWith('" + ISSUER.signInUrl() + "/logout')");
    }

    @Test
    void anAnswerThatNobodyAskedForIsRefused() {
        page.open("");
        browser.open(address().resolve("/?code=stolen&state=guessed"));

        page.awaitText("[role=alert]", "does not belong to a sign-in of this tab");
        assertThat(browser.evaluate("location.search").asText()).isEmpty();
        assertThat(browser.log().origins()).containsExactly(address().toString());
    }

    @Test
    void aPastedTokenIsEnoughAndIsGoneWithThePage() {
        page.open("page=operators");
        page.enter("#token", "no token");
        page.clickText("Use the token");
        page.awaitText("#token-note", "without spaces");

        page.enter("#token", ISSUER.token("viewer"));
        page.clickText("Use the token");

        page.awaitText("h1", "Operators");
        page.awaitText(".tile", "Open jobs");
        page.open("page=operators");
        page.awaitText("h1", "Sign in");
    }

    @Test
    void aRefusedTokenLeadsBackToTheSignIn() {
        page.open("page=jobs");
        page.enter("#token", "not-a-token");
        page.clickText("Use the token");

        page.awaitText("[role=alert]", "The service refused the token");
    }

    private static URI address() {
        return URI.create("http://127.0.0.1:" + service.port("server"));
    }
}
