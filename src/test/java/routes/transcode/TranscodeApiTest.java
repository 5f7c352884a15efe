package routes.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.OwnService;
import routes.support.TokenIssuer;
import routes.support.TranscodeClient;

/** Uploads and transcodes over REST, in a service whose queue no transcoder reads. */
class TranscodeApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final LocalResources RESOURCES = OwnService.resources();
    private static OwnService service;
    private static ApiClient api;
    private static TranscodeClient client;

    private final String key = "uploads/" + UUID.randomUUID() + "/a film.mp4";

    @BeforeAll
    static void start() {
        service = OwnService.start(
                RESOURCES,
                Map.of(
                        "ROLE", "api",
                        "API_AUTH", "on",
                        "API_OPEN_JOBS", "1",
                        "UPLOAD_LIMIT", "1000",
                        "UPLOAD_LINK_LIFE", "600"));
        api = api("transcode");
        client = new TranscodeClient(LocalCloud.shared(), RESOURCES, api);
    }

    private static ApiClient api(String caller) {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + service.port("server")),
                LocalServices.tokens().token(caller + "-" + UUID.randomUUID()));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aLinkTakesTheFilmThatItWasMadeFor() throws Exception {
        byte[] film = "0123456789".getBytes(StandardCharsets.UTF_8);
        Answer answer =
                api.post("/uploads", "{\"name\":\"../my film ä.MP4\",\"contentType\":\"video/mp4\",\"bytes\":10}");

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        String inputFile = answer.body().path("inputFile").asText();
        assertThat(inputFile).matches("uploads/[0-9A-HJKMNP-TV-Z]{26}/__my_film__\\.MP4");
        assertThat(Instant.parse(answer.body().path("expiresAt").asText()))
                .isBetween(Instant.now().plusSeconds(500), Instant.now().plusSeconds(601));
        assertThat(answer.body().path("headers").toString()).isEqualTo("{\"Content-Type\":\"video/mp4\"}");
        URI link = URI.create(answer.body().path("url").asText());

        assertThat(put(link, "video/mp4", new byte[11])).as("another size").isEqualTo(403);
        assertThat(put(link, "video/webm", film)).as("another type").isEqualTo(403);
        assertThat(put(link, "video/mp4", film)).isEqualTo(200);
        assertThat(LocalCloud.shared()
                        .s3()
                        .headObject(r -> r.bucket(RESOURCES.uploadBucket()).key(inputFile))
                        .contentType())
                .isEqualTo("video/mp4");
    }

    private static int put(URI link, String contentType, byte[] film) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(link)
                .header("Content-Type", contentType)
                .PUT(BodyPublishers.ofByteArray(film))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).statusCode();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/uploads | {} | 400 | bytes contentType name",
                "/uploads | {\"name\":\"\",\"contentType\":\"text/html\",\"bytes\":0} | 400 | bytes contentType name",
                "/uploads | {\"name\":\"a\",\"contentType\":\"video/mp4\",\"bytes\":1001} | 422 | bytes",
                "/transcodes | {} | 400 | inputFile",
                "/transcodes | {\"inputFile\":\"\"} | 400 | inputFile",
                "/transcodes | {\"inputFile\":\"a\",\"engine\":\"vhs\"} | 400 | engine",
                "/transcodes | {\"inputFile\":\"a\",\"bucket\":\"b\"} | 400 | bucket",
                "/transcodes | {\"inputFile\":\"../a\"} | 422 | inputFile",
                "/transcodes | {\"inputFile\":\"a\\u0000b\"} | 422 | inputFile",
                "/transcodes | {\"inputFile\":\"transcodes/a/1/info.json\"} | 422 | inputFile",
                "/transcodes | {\"inputFile\":\"uploads/unknown.mp4\"} | 422 | inputFile",
            })
    void aFieldThatIsWrongIsNamed(String path, String body, int status, String fields) {
        Answer answer = api.post(path, body);

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.wrongFields()).containsExactlyInAnyOrder(fields.split(" "));
    }

    @Test
    void anUnknownFileIsNamedWithWhatIsAllowed() {
        assertThat(api.post("/transcodes", "{\"inputFile\":\"uploads/unknown.mp4\"}")
                        .body()
                        .path("detail")
                        .asText())
                .isEqualTo(
                        "inputFile is uploads/unknown.mp4: it must be the key of an object in the bucket of uploads");
    }

    @Test
    void writingNeedsTheScope() {
        TokenIssuer tokens = LocalServices.tokens();
        ApiClient reader = new ApiClient(
                URI.create("http://127.0.0.1:" + service.port("server")),
                tokens.sign(tokens.claims("reader", "clips:read").build()));

        assertThat(reader.post("/transcodes", "{\"inputFile\":\"a\"}").status()).isEqualTo(403);
        assertThat(reader.post("/uploads", "{\"name\":\"a\",\"contentType\":\"video/mp4\",\"bytes\":1}")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"plain", "a b", "a+b", "100%", "a%2Bb", "фильм 🎬", "${body} ?&=#"})
    void aRequestedFilmIsAJobThatItsKeyFinds(String part) {
        String inputFile = "films/" + UUID.randomUUID() + "/" + part;
        client.upload(inputFile, UploadedFilms.film(part));

        Answer first = api("one").post("/transcodes", request(inputFile));
        Answer second = api("two").post("/transcodes", request(inputFile));

        assertThat(first.status()).as("%s", first.body()).isEqualTo(202);
        String id = first.body().path("jobId").asText();
        assertThat(first.header("Location")).isEqualTo("/jobs/" + id);
        assertThat(first.retryAfter()).isPresent();
        assertThat(first.body().at("/request/inputFile").asText()).isEqualTo(inputFile);
        assertThat(second.body().path("jobId").asText()).as("the same upload").isEqualTo(id);
        assertThat(client.jobs(inputFile)).hasSize(1);
        assertThat(client.jobs(inputFile + "x")).isEmpty();
    }

    @Test
    void aNewUploadIsANewJobNewestFirstPageByPage() {
        String key = "films/" + UUID.randomUUID() + "/a+b 100% фильм.mp4";
        client.upload(key, UploadedFilms.film("one"));
        String first = api("one")
                .post("/transcodes", request(key))
                .body()
                .path("jobId")
                .asText();
        client.upload(key, UploadedFilms.film("two"));
        String second = api("two")
                .post("/transcodes", request(key))
                .body()
                .path("jobId")
                .asText();

        assertThat(client.jobs(key))
                .extracting(job -> job.path("jobId").asText())
                .containsExactly(second, first);
        String query = "/jobs?limit=1&inputFile=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
        Answer page = api.get(query);
        Answer next = api.get(query + "&next=" + page.body().path("next").asText());
        assertThat(page.body().at("/jobs/0/jobId").asText()).isEqualTo(second);
        assertThat(next.body().at("/jobs/0/jobId").asText()).isEqualTo(first);
        assertThat(client.jobs(key)).isEqualTo(subjects(key));
    }

    private static List<JsonNode> subjects(String key) {
        List<JsonNode> jobs = new ArrayList<>();
        api.get("/jobs?type=transcode&subject=" + URLEncoder.encode(key, StandardCharsets.UTF_8))
                .body()
                .path("jobs")
                .forEach(jobs::add);
        return jobs;
    }

    @Test
    void anIdempotencyKeyRefersToItsJobEvenAfterANewUpload() {
        ApiClient caller = api("keeper");
        client.upload(key, UploadedFilms.film("one"));
        Answer first = caller.post("/transcodes", request(key), "Idempotency-Key", "k");
        client.upload(key, UploadedFilms.film("two"));
        Answer second = caller.post("/transcodes", request(key), "Idempotency-Key", "k");

        assertThat(second.status()).as("%s", second.body()).isEqualTo(202);
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        client.upload(key + "2", UploadedFilms.film("three"));
        assertThat(caller.post("/transcodes", request(key + "2"), "Idempotency-Key", "k")
                        .status())
                .as("another request with this key")
                .isEqualTo(422);
    }

    @Test
    void aClientHasSoManyOpenJobsAndNoMore() {
        ApiClient caller = api("busy");
        client.upload(key, UploadedFilms.film("one"));
        client.upload(key + "2", UploadedFilms.film("two"));
        assertThat(caller.post("/transcodes", request(key)).status()).isEqualTo(202);

        Answer refused = caller.post("/transcodes", request(key + "2"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.retryAfter()).hasValue(Duration.ofSeconds(30).toSeconds());
    }

    @Test
    void withoutAQueueNothingIsTranscoded() {
        try (OwnService off = OwnService.start(
                OwnService.resources(), Map.of("TRANSCODE_QUEUE", "", "TRANSCODE_BUCKET", "", "KEYS_TABLE", ""))) {
            ApiClient rest = new ApiClient(URI.create("http://127.0.0.1:" + off.port("server")), null);

            assertThat(off.camel().getRoutes())
                    .noneMatch(route -> route.getRouteId().contains("transcode"));
            for (String path : new String[] {"/transcodes", "/uploads"}) {
                Answer answer = rest.post(
                        path,
                        path.equals("/uploads")
                                ? "{\"name\":\"a\",\"contentType\":\"video/mp4\",\"bytes\":1}"
                                : "{\"inputFile\":\"a\"}");
                assertThat(answer.status()).as(path).isEqualTo(404);
                assertThat(answer.body().path("detail").asText()).isEqualTo("this service transcodes no films");
            }
        }
    }

    private static String request(String inputFile) {
        return JSON.createObjectNode().put("inputFile", inputFile).toString();
    }
}
