package routes.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.FlowTest;
import routes.support.LocalCloud;
import routes.support.LocalResources;

/** The page's files are public, revalidated by their ETags, and allowed to load only what the page needs. */
@FlowTest
class PageFlowTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String LIBRARY = "/console/lib/preact/standalone.module.js";
    private static final String PLAYER = "/console/hls/hls.light.min.js";

    @LocalServerPort
    int port;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/, text/html",
        "/console/index.html, text/html",
        LIBRARY + ", text/javascript",
        PLAYER + ", text/javascript"
    })
    void aFileIsPublicAndRevalidatedByItsETag(String path, String type) throws Exception {
        HttpResponse<String> file = get(path, "");
        String etag = file.headers().firstValue("ETag").orElseThrow();

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        assertThat(file.headers().allValues("Cache-Control")).containsExactly("no-cache");
        assertThat(file.headers().firstValue("Last-Modified")).isEmpty();
        assertThat(get(path, etag).statusCode()).isEqualTo(304);
        assertThat(get(path, "\"other\"").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/console/",
        "/console/none.js",
        "/console/lib/none.js",
        "/console/hls/hls-demo.js",
        "/console/../application.yaml"
    })
    void whatIsNoFileOfThePageIsNotServed(String path) {
        assertThat(new ApiClient(base(), null).get(path).status()).isIn(400, 401, 404);
    }

    @Test
    void thePageLoadsFromItsServiceAndTheBucketsOnly() throws Exception {
        LocalResources resources = LocalCloud.shared().resources();
        String buckets = LocalCloud.shared().environment().get("AWS_ENDPOINT_URL_S3") + "/";

        for (String path : new String[] {"/", LIBRARY, "/console/config.json", "/console/none.js"}) {
            HttpResponse<String> file = get(path, "");

            assertThat(file.headers().allValues("Content-Security-Policy"))
                    .as(path)
                    .containsExactly(
                            ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: %1$s;"
                                            + " media-src 'self' blob: %1$s; connect-src 'self' %1$s %2$s;"
                                            + " form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
                                    .formatted(
                                            buckets + resources.clipsBucket() + "/",
                                            buckets + resources.uploadBucket() + "/"));
            assertThat(file.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
    }

    private HttpResponse<String> get(String path, String etag) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(base().resolve(path))
                        .header("If-None-Match", etag)
                        .build(),
                BodyHandlers.ofString());
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }
}
