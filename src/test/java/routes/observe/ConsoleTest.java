package routes.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import routes.support.ClipClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.OwnService;
import routes.support.PastFootage;
import routes.support.SlowFfmpeg;

/** Operations in Hawtio, requested as its pages do. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the slow ffmpeg needs a POSIX shell")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {
    private static final String PASSWORD = "a long password";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalResources resources = OwnService.resources();
    private final ClipClient client = new ClipClient(LocalCloud.shared(), resources);

    private OwnService service;
    private String camel;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        service = OwnService.start(
                resources,
                Map.of(
                        "CONSOLE_PASSWORD",
                        PASSWORD,
                        "FFMPEG",
                        SlowFfmpeg.waiting(1, folder).toString()));
        camel = service.camel().getManagementName();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void aRouteThatIsStoppedAndStartedLosesNoMessage() throws Exception {
        String first = send();
        await().atMost(ClipClient.PATIENCE).until(() -> client.jobStatus(first).equals("RUNNING"));

        exec("type=routes,name=\"clip\"", "stop()");

        assertThat(client.jobStatus(first))
                .as("the job in progress ended first")
                .isEqualTo("DONE");
        String second = send();
        assertThat(service.camel().getRouteController().getRouteStatus("clip").isStopped())
                .isTrue();
        assertThat(client.waitingRequests()).containsExactly(1, 0);
        exec("type=routes,name=\"clip\"", "start()");
        client.awaitStatus(second, "DONE");
        assertThat(client.allHeardOf(first)).hasSize(1);
        assertThat(client.heardOf(second).path("status").asText()).isEqualTo("CLIP_AVAILABLE");
    }

    @Test
    void routesAreShownAsTheyAre() throws Exception {
        String xml = exec("type=context,name=\"camclips\"", "dumpRoutesAsXml()").asText();

        assertThat(xml).contains("id=\"make-clip\"").contains("store-file");
    }

    @Test
    void withoutThePasswordEveryRequestIsRejected() throws Exception {
        for (String path : List.of("hawtio/", "hawtio/jolokia/version", "jolokia/version", "jolokia")) {
            assertThat(get(service, path, null).statusCode()).as(path).isEqualTo(401);
            assertThat(get(service, path, "a wrong password").statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        Map<String, String> ofAnotherSite =
                Map.of("Origin", "https://elsewhere.example.com", "Sec-Fetch-Site", "cross-site");
        for (Map.Entry<String, String> header : ofAnotherSite.entrySet()) {
            HttpRequest request = request(service, "jolokia/version", PASSWORD)
                    .header(header.getKey(), header.getValue())
                    .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .as("%s", header)
                    .isEqualTo(403);
        }
        assertThat(get(service, "hawtio/", PASSWORD).body()).contains("hawtio");
        assertThat(get(service, "health/live", null).statusCode())
                .as("probes need no password")
                .isEqualTo(200);
    }

    @Test
    void mbeansOutsideCamelAreForbidden() throws Exception {
        for (String mbean :
                List.of("com.sun.management:type=HotSpotDiagnostic", "com.sun.management:type=DiagnosticCommand")) {
            JsonNode answer = post(JSON.createObjectNode()
                    .put("type", "exec")
                    .put("mbean", mbean)
                    .put("operation", "getVMOption")
                    .set("arguments", JSON.createArrayNode().add("MaxHeapSize")));
            assertThat(answer.path("status").asInt()).as(mbean).isEqualTo(403);
        }
    }

    @Test
    void operationsThatRunProgramsOrChangeRoutesAreForbidden() throws Exception {
        List<String> operations = List.of(
                "type=context,name=\"camclips\" sendBody(java.lang.String,java.lang.Object) exec:date x",
                "type=context,name=\"camclips\" requestBody(java.lang.String,java.lang.Object) exec:date x",
                "type=context,name=\"camclips\" sendStringBody exec:date x",
                "type=context,name=\"camclips\" createEndpoint exec:date",
                "type=context,name=\"camclips\" setGlobalOption name value",
                "type=routes,name=\"clip\" updateRouteFromXml <route/>",
                "type=routes,name=\"clip\" remove");
        for (String operation : operations) {
            List<String> words = List.of(operation.split(" "));
            ObjectNode request = JSON.createObjectNode()
                    .put("type", "exec")
                    .put("mbean", mbean(words.get(0)))
                    .put("operation", words.get(1));
            words.subList(2, words.size()).forEach(request.putArray("arguments")::add);

            assertThat(post(request).path("status").asInt()).as(operation).isEqualTo(403);
        }
    }

    @Test
    void withoutAPasswordThereIsNoConsole() throws Exception {
        try (OwnService closed = OwnService.start(OwnService.resources(), Map.of())) {
            assertThatNothingIsServed(closed, 404);
            assertThat(closed.camel().getManagementStrategy().getManagementAgent())
                    .as("the agent that registers MBeans")
                    .isNull();
        }
    }

    @Test
    void withoutAPasswordExposedEndpointsAreClosed() throws Exception {
        Map<String, String> exposed =
                Map.of("clips.console.endpoints", ",hawtio,jolokia", "management.endpoints.web.exposure.include", "*");
        try (OwnService closed = OwnService.start(OwnService.resources(), exposed)) {
            assertThatNothingIsServed(closed, 403);
            for (String path : List.of("env", "loggers", "beans")) {
                assertThat(get(closed, path, PASSWORD).statusCode()).as(path).isEqualTo(403);
            }
            assertThat(get(closed, "health/live", null).statusCode()).isEqualTo(200);
            assertThat(get(closed, "metrics", null).statusCode()).isEqualTo(200);
        }
    }

    private void assertThatNothingIsServed(OwnService closed, int status) throws Exception {
        for (String path : List.of("hawtio/", "hawtio/jolokia/", "jolokia/version")) {
            assertThat(get(closed, path, PASSWORD).statusCode()).as(path).isEqualTo(status);
            assertThat(get(closed, path, "").statusCode()).as(path).isEqualTo(status);
        }
    }

    private String send() {
        String clipId = ClipClient.newId();
        Instant start = PastFootage.shared().start().plusSeconds(1);
        client.send(ClipClient.request(clipId, start, start.plusSeconds(1)).toString());
        return clipId;
    }

    private JsonNode exec(String mbean, String operation) throws Exception {
        JsonNode answer = post(JSON.createObjectNode()
                .put("type", "exec")
                .put("mbean", mbean(mbean))
                .put("operation", operation));
        assertThat(answer.path("status").asInt()).as("%s", answer).isEqualTo(200);
        return answer.get("value");
    }

    private String mbean(String keys) {
        return "org.apache.camel:context=" + camel + "," + keys;
    }

    private JsonNode post(JsonNode request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request(service, "hawtio/jolokia/", PASSWORD)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200
                ? ClipClient.json(answer.body())
                : JSON.createObjectNode().put("status", answer.statusCode()).put("body", answer.body());
    }

    private HttpResponse<String> get(OwnService of, String path, String password)
            throws IOException, InterruptedException {
        return http.send(request(of, path, password).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(OwnService of, String path, String password) {
        URI uri = URI.create("http://127.0.0.1:" + of.port("management") + "/observe/" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (password != null) {
            byte[] login = ("operator:" + password).getBytes(UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
        }
        return request;
    }
}
