package routes.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalServices;
import routes.support.RawClient;
import routes.support.RawClient.RawAnswer;

/** Requests that reach no route get a problem: from the server, the firewall or the filters. */
@FlowTest
class ProblemsFlowTest {
    /** More than the server reads; stands in for LONG. */
    private static final String TOO_LONG = "a".repeat(33_000);

    @LocalServerPort
    int port;

    private RawClient client;

    @BeforeEach
    void connect() {
        client = new RawClient(port, LocalServices.tokens().token("raw"));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // the server
                "GET /jobs/a%2Fb | 400",
                "GET /jobs/%00 | 400",
                "GET /jobs/a\\b | 400",
                "GET /jobs/a b | 400",
                "GET /jobs/{x} | 400",
                "GET /jobs/%zz | 400",
                "GET /jobs/%ff | 400",
                "GET /jobs?a=[b] | 400",
                "GET /streams/a%2Fb/snapshot.jpg | 400",
                "GET jobs | 400",
                "GET http://evil/jobs | 400",
                "GET /jobs/LONG | 414",
                "CONNECT /jobs | 501",
                // the firewall
                "GET /jobs/a;b | 400",
                "GET /jobs//a | 400",
                "GET /jobs/../jobs | 400",
                "GET /jobs/%2e%2e/jobs | 400",
                "GET /jobs/a%25b | 400",
                "GET /jobs/a%0d%0ab | 400",
                "TRACE /jobs | 405",
                "FOO /jobs | 405",
                // paths and methods
                "GET /unknown | 404",
                "POST /unknown | 404",
                "GET /jobsx | 404",
                "GET /JOBS | 404",
                "GET /jobs/ | 404",
                "GET /jobs/x/y | 404",
                "GET /jobs/x/frames/y | 404",
                "GET /jobs/events/x | 404",
                "GET /jobs/x/stream/1 | 404",
                "POST /clips/x | 404",
                "GET /cameras/x | 404",
                "GET /observe/health | 404",
                "GET /docs/none.js | 404",
                "GET /console/none.js | 404",
                "GET /error | 404",
                "GET /clips | 405",
                "PUT /jobs | 405",
                "DELETE /jobs | 405",
                "PATCH /jobs/x | 405",
                "POST /openapi.yaml | 405",
                "DELETE / | 405",
            })
    void aPathOrMethodThatIsNoneGetsAProblem(String target, int status) throws IOException {
        String asked = target.replace("LONG", TOO_LONG);
        assertProblem(client.ask(asked, target.startsWith("GET") ? "X-None: x" : "Content-Length: 0"), status);
    }

    @ParameterizedTest(name = "{2}: {0} with {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /jobs | X-Long: LONG | 431",
                "GET /jobs | Cookie: LONG | 431",
                "GET /jobs | Host: evil/% | 400",
                "GET /jobs | Bad Header | 400",
                "GET /jobs | Content-Length: -1 | 400",
                "GET /jobs | Content-Length: x | 400",
                "GET /jobs | Transfer-Encoding: foo | 501",
                "GET /jobs | Accept: image/png | 406",
                "GET /jobs | Accept: text/html, image/webp | 406",
                "GET /jobs | Accept: application/json;q=0 | 406",
                "GET /cameras/x/snapshot.jpg | Accept: image/png | 406",
                "POST /clips | Content-Type: text/plain | 415",
                "POST /clips | Content-Type: nonsense | 415",
                "POST /clips | Content-Length: 2 | 415",
                "POST /clips | Content-Encoding: gzip | 415",
                "POST /submit-job | Content-Encoding: gzip | 415",
                "POST /clips | Content-Length: 65537 | 413",
            })
    void aHeaderThatCannotBeTakenGetsAProblem(String target, String header, int status) throws IOException {
        assertProblem(client.ask(target, header.replace("LONG", TOO_LONG)), status);
    }

    /** {@code ~} stands for the end of a line. */
    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GET~~ | 400",
                "GET /jobs HTTP/1.1~~ | 400",
                "GET /jobs HTTP/1.1~Host: a~Host: b~~ | 400",
                "GET /jobs HTTP/9.9~~ | 505",
                "\u0016\u0003\u0001\u0002x | 400",
            })
    void bytesThatAreNoRequestGetAProblem(String bytes, int status) throws IOException {
        assertProblem(
                client.send((bytes.replace("~", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1)), status);
    }

    @Test
    void aMethodThatIsNotAllowedNamesTheAllowedOnes() throws IOException {
        RawAnswer answer = client.ask("PUT /jobs/x", "Content-Length: 0");

        assertThat(answer.head()).contains("Allow: GET, DELETE, HEAD");
        assertThat(problem(answer).path("detail").asText())
                .isEqualTo("the method is PUT: it must be GET or DELETE or HEAD");
    }

    @Test
    void aMediaTypeThatIsNotTakenNamesTheAllowedOnes() throws IOException {
        RawAnswer answer = client.ask("POST /clips", "Content-Type: application/xml", "Content-Length: 0");

        assertThat(problem(answer).path("detail").asText())
                .isEqualTo("Content-Type is application/xml: it must be application/json");
    }

    @Test
    void aRefusedBodyIsNotInTheAnswer() throws IOException {
        String body = "{\"password\":\"hunter2\"}";
        for (String type : new String[] {"application/json", "text/plain", "application/x-www-form-urlencoded"}) {
            RawAnswer answer = client.ask(
                    "POST /jobs/x/none", "Content-Type: " + type, "Content-Length: " + body.length(), "", body);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jobs",
                "/jobs/none",
                "/job-status/none",
                "/status",
                "/cameras",
                "/cameras/none/snapshot.jpg",
                "/console/config.json",
                "/docs/index.html",
                "/openapi.yaml",
                "/"
            })
    void headIsAnsweredAsGetWithoutABody(String path) throws IOException {
        RawAnswer get = client.ask("GET " + path);
        RawAnswer head = client.ask("HEAD " + path);

        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.contentType()).isEqualTo(get.contentType());
        assertThat(head.body()).isEmpty();
    }

    @Test
    void headOfTheStreamOfEventsEnds() throws IOException {
        RawAnswer head = client.ask("HEAD /jobs/events");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.contentType()).startsWith("text/event-stream");
    }

    private static void assertProblem(RawAnswer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(problem(answer).path("status").asInt()).isEqualTo(status);
        assertThat(problem(answer).path("title").asText()).isNotEmpty();
    }

    private static JsonNode problem(RawAnswer answer) {
        // a chunk has its length in front
        return ClipClient.json(answer.body().substring(answer.body().indexOf('{')));
    }
}
