package routes.transcode.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.ClipClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.LoggedLines;
import routes.support.OwnService;
import routes.support.TokenIssuer;
import routes.support.TranscodeClient;

/** Who may play, with what, and what nobody gets. The service logs at DEBUG and has an access log. */
@Tag("flow")
class PlaylistAccessTest {
    private static final String ORIGIN = "https://pages.example.com";
    private static final int MOST_REQUESTS = 500;
    private static final LocalResources RESOURCES = OwnService.resources();

    @TempDir
    static Path folder;

    private static PlayedFilms films;
    private static LoggedLines log;
    private static String job;
    private static String other;

    @BeforeAll
    static void start() throws IOException {
        films = new PlayedFilms(
                RESOURCES,
                Map.of(
                        "PLAYLIST_ORIGINS", "https://elsewhere.example.com " + ORIGIN,
                        "API_RATE", "1",
                        "API_BURST", Integer.toString(MOST_REQUESTS),
                        "LOG_LEVEL", "DEBUG",
                        // the client of this test
                        "logging.level.jdk", "WARN",
                        "server.tomcat.accesslog.enabled", "true",
                        "server.tomcat.accesslog.directory", folder.toString(),
                        "server.tomcat.accesslog.buffered", "false"));
        // a start resets the log
        log = LoggedLines.record();
        job = films.stream(folder, PlayedFilms.COPIED, Duration.ofSeconds(2));
        other = films.stream(folder, PlayedFilms.COPIED, Duration.ofSeconds(2));
    }

    @AfterAll
    static void stop() {
        films.close();
        log.close();
    }

    private static String token(String jobId) {
        return films.api()
                .post("/jobs/" + jobId + "/playlist-token", "")
                .body()
                .path("token")
                .asText();
    }

    /** @return all kinds of paths of a stream */
    private static List<String> paths(String jobId) {
        return List.of(
                "/jobs/" + jobId + "/playlist.m3u8",
                "/jobs/" + jobId + "/stream/1/copy/index.m3u8",
                "/jobs/" + jobId + "/stream/1/copy/init.mp4",
                "/jobs/" + jobId + "/stream/1/copy/00000-2000000.m4s",
                "/jobs/" + jobId + "/stream/1/key.key");
    }

    private static HttpResponse<byte[]> get(String path) {
        return HttpPlayer.get(films.at(path));
    }

    @Test
    void aTokenIsMadeByReadersAndSaysWhenItEnds() {
        Answer answer = films.api().post("/jobs/" + job + "/playlist-token", "");

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        assertThat(answer.body().path("url").asText())
                .isEqualTo("/jobs/" + job + "/playlist.m3u8?token="
                        + answer.body().path("token").asText());
        assertThat(Instant.parse(answer.body().path("expiresAt").asText()))
                .isBetween(Instant.now().plusSeconds(86_300), Instant.now().plusSeconds(86_401));
        TokenIssuer tokens = LocalServices.tokens();
        ApiClient writer =
                films.api(tokens.sign(tokens.claims("writer", "clips:write").build()));
        assertThat(writer.post("/jobs/" + job + "/playlist-token", "").status()).isEqualTo(403);
        assertThat(films.api(null).post("/jobs/" + job + "/playlist-token", "").status())
                .isEqualTo(401);
    }

    @Test
    void onlyAStreamThatIsThereHasATokenAndAPlaylist() {
        String key = "uploads/" + UUID.randomUUID() + ".txt";
        TranscodeClient client = films.client();
        client.upload(key, "Dear reader".getBytes(StandardCharsets.UTF_8));
        String failed = client.awaited(key, "FAILED").path("jobId").asText();

        Answer refused = films.api().post("/jobs/" + failed + "/playlist-token", "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("detail").asText()).isEqualTo("job " + failed + " is FAILED: it has no stream");
        assertThat(films.api().get("/jobs/" + failed + "/playlist.m3u8").status())
                .isEqualTo(409);
        assertThat(films.api().post("/jobs/unknown/playlist-token", "").status())
                .isEqualTo(404);
        assertThat(films.api().get("/jobs/unknown/playlist.m3u8").status()).isEqualTo(404);
    }

    @Test
    void aJobOfAnotherTypeHasNoStream() {
        String clip = "clip-" + UUID.randomUUID();
        Instant end = Instant.now().minusSeconds(60);
        String request = ClipClient.request(clip, end.minusSeconds(1), end).toString();
        assertThat(films.writer().post("/clips", request).status()).isEqualTo(202);

        for (Answer answer : List.of(
                films.api().post("/jobs/" + clip + "/playlist-token", ""),
                films.api().get("/jobs/" + clip + "/playlist.m3u8"),
                films.api().get("/jobs/" + clip + "/stream/1/key.key"))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body().path("detail").asText()).isEqualTo("job " + clip + " makes no stream");
        }
    }

    @Test
    void headIsAnsweredAsGetWithoutTheContent() throws Exception {
        String token = token(job);
        for (String path : paths(job)) {
            HttpResponse<byte[]> get = get(path + "?token=" + token);
            HttpResponse<byte[]> head = head(path + "?token=" + token);
            assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
            assertThat(head.headers().firstValue("Content-Type"))
                    .isEqualTo(get.headers().firstValue("Content-Type"));
            assertThat(head.headers().firstValue("Location").isPresent())
                    .isEqualTo(get.headers().firstValue("Location").isPresent());
            assertThat(head.body()).isEmpty();
            assertThat(head(path).statusCode()).isEqualTo(401);
            assertThat(head(path + "?token=wrong").statusCode()).isEqualTo(401);
        }
    }

    private static HttpResponse<byte[]> head(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(films.at(path))
                .method("HEAD", BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }

    @Test
    void withoutATokenNothingIsPlayed() {
        for (String path : paths(job)) {
            assertRefused(path, 401);
            assertRefused(path + "?token=", 401);
            assertRefused(path + "?token=wrong", 401);
            String token = token(job);
            assertRefused(path + "?token=" + token.substring(0, token.length() - 1), 401);
            assertRefused(path + "?token=" + token + "&token=" + token, 401);
            assertThat(get(path + "?%74oken=" + token).statusCode()).isIn(200, 302);
        }
    }

    @Test
    void aTokenPlaysNoOtherJob() {
        for (String path : paths(other)) {
            assertRefused(path + "?token=" + token(job), 403);
        }
    }

    @Test
    void aTokenIsNoTokenOfTheApi() {
        for (String path : List.of("/jobs/" + job, "/jobs", "/jobs/" + job + "/frames", "/status")) {
            assertThat(get(path + "?token=" + token(job)).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(films.api(null)
                        .post("/jobs/" + job + "/playlist-token?token=" + token(job), "")
                        .status())
                .isEqualTo(401);
        assertThat(films.api(token(job)).get("/jobs/" + job).status()).isEqualTo(401);
    }

    @Test
    void aTokenEnds() {
        String token = token(job);
        LocalServices.clock().advance(Duration.ofSeconds(86_399));
        try {
            assertThat(get(paths(job).get(0) + "?token=" + token).statusCode()).isEqualTo(200);
            LocalServices.clock().advance(Duration.ofSeconds(2));
            for (String path : paths(job)) {
                assertThat(HttpPlayer.text(assertRefused(path + "?token=" + token, 401)))
                        .contains("the playlist token has expired");
            }
        } finally {
            LocalServices.clock().reset();
        }
    }

    private static HttpResponse<byte[]> assertRefused(String path, int status) {
        HttpResponse<byte[]> answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .get()
                .asString()
                .startsWith("Bearer");
        return answer;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stream/1/copy/master.m3u8",
                "stream/1/copy/info.json",
                "stream/1/copy/key.key",
                "stream/1/copy/..",
                "stream/1/copy/%2e%2e",
                "stream/1/copy/%2e%2e%2fkey.key",
                "stream/1/%2e%2e/init.mp4",
                "stream/1/../init.mp4",
                "stream/1/..%2f..%2fother%2f1%2fcopy/init.mp4",
                "stream/1/copy/../../../../OTHER/stream/1/key.key",
                "stream/1/COPY/init.mp4",
                "stream/1/copy/00000-2000000.mp4",
                "stream/1/copy/00000-2000000.m4s%00",
                "stream/1/copy/0-1.m4s",
                "stream/1/copy/${body}.m4s",
                "stream/2/copy/init.mp4",
                "stream/2/key.key",
                "stream/01/key.key",
                "stream/-1/key.key",
                "stream/key.key",
                "stream/1/copy/init.mp4;x=1",
            })
    void anotherNameLeadsNowhere(String name) {
        String path = "/jobs/" + job + "/"
                + name.replace("OTHER", other).replace("{", "%7B").replace("}", "%7D");
        HttpResponse<byte[]> answer = get(path + "?token=" + token(job));

        assertThat(answer.statusCode()).as(path).isIn(400, 401, 403, 404);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void anotherParameterIsRefused() {
        assertThat(get(paths(job).get(0) + "?token=" + token(job) + "&bucket=x").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRemovedStreamIsNotFound() throws IOException {
        String removed = films.stream(folder, PlayedFilms.COPIED, Duration.ofSeconds(1));
        LocalCloud.shared().s3().deleteObject(r -> r.bucket(RESOURCES.clipsBucket())
                .key("transcodes/" + removed + "/1/master.m3u8"));

        HttpResponse<byte[]> answer = HttpPlayer.get(films.playlist(removed));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(HttpPlayer.text(answer)).doesNotContain(RESOURCES.clipsBucket());
    }

    @Test
    void aPlayerMayReadSegmentsAtAnyRate() {
        String segment = paths(job).get(3) + "?token=" + token(job);
        for (int i = 0; i < MOST_REQUESTS + 100; i++) {
            assertThat(get(segment).statusCode()).isEqualTo(302);
        }
        TokenIssuer tokens = LocalServices.tokens();
        ApiClient eager =
                films.api(tokens.sign(tokens.claims("eager", "clips:read").build()));
        assertThat(IntStream.range(0, 2 * MOST_REQUESTS)
                        .map(i -> eager.get(paths(job).get(3)).status())
                        .filter(status -> status == 429)
                        .findFirst())
                .as("with a bearer token each request reads the job")
                .isPresent();
    }

    @Test
    void noLogHasATokenEvenAtDebug() throws IOException {
        String token = token(job);
        for (String path : paths(job)) {
            get(path + "?token=" + token);
            get(path + "?token=" + token + "&bucket=x");
            get(path.replace(job, other) + "?token=" + token);
            get(path + "?%74oken=" + token);
        }
        get("/jobs/" + job + "/stream/1/none/index.m3u8?token=" + token);
        String signature = token.substring(token.indexOf('.') + 1);

        assertThat(log.lines()).anyMatch(line -> line.contains(" GET /jobs/" + job + "/stream/1/key.key 302 "));
        assertThat(log.lines().stream().filter(line -> line.contains(signature)))
                .isEmpty();
        try (var files = Files.newDirectoryStream(folder, "access_log*")) {
            Path file = files.iterator().next();
            assertThat(Files.readString(file))
                    .contains("GET /jobs/" + job + "/stream/1/key.key ")
                    .doesNotContain(signature);
        }
    }

    @Test
    void noRouteSeesATokenSoThatNoTraceOfItDoes() {
        String token = token(job);
        try (SeenExchanges seen = SeenExchanges.of(films.service().camel())) {
            for (String path : paths(job)) {
                get(path + "?token=" + token);
            }
            assertThat(seen.headers())
                    .anyMatch(headers -> headers.contains("/jobs/" + job + "/playlist.m3u8"))
                    .anyMatch(headers -> headers.contains("/jobs/" + job + "/stream/1/key.key"));
            assertThat(seen.headers().stream().filter(headers -> headers.contains(token)))
                    .isEmpty();
        }
    }

    @Test
    void pagesOfTheOriginsThatAreSetMayPlay() throws Exception {
        for (String path : paths(job)) {
            HttpResponse<byte[]> answer = HttpPlayer.get(films.at(path + "?token=" + token(job)), "Origin", ORIGIN);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains(ORIGIN);
            assertThat(String.join(",", answer.headers().allValues("Vary"))).containsIgnoringCase("origin");
            assertThat(HttpPlayer.get(films.at(path), "Origin", ORIGIN)
                            .headers()
                            .firstValue("Access-Control-Allow-Origin"))
                    .as("a refusal is readable too")
                    .contains(ORIGIN);
            for (String wrong : List.of("https://pages.example.com.evil.example", "null", "http://pages.example.com")) {
                assertThat(HttpPlayer.get(films.at(path + "?token=" + token(job)), "Origin", wrong)
                                .headers()
                                .firstValue("Access-Control-Allow-Origin"))
                        .isEmpty();
            }
        }
        assertThat(HttpPlayer.get(films.at("/jobs/" + job), "Origin", ORIGIN)
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .as("other paths")
                .isEmpty();
    }

    @Test
    void theBucketAnswersTheOriginOfARedirect() {
        HttpResponse<byte[]> redirect = get(paths(job).get(3) + "?token=" + token(job));
        URI link = URI.create(redirect.headers().firstValue("Location").orElseThrow());

        assertThat(HttpPlayer.get(link, "Origin", "null").headers().firstValue("Access-Control-Allow-Origin"))
                .contains("*");
    }

    @ParameterizedTest
    @CsvSource({"https://pages.example.com, 204", "https://evil.example.com, 401"})
    void aPageMayAskForATokenByABearerToken(String origin, int status) throws Exception {
        HttpRequest preflight = HttpRequest.newBuilder(films.at("/jobs/" + job + "/playlist-token"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization")
                .build();
        HttpResponse<Void> answer = HttpClient.newHttpClient().send(preflight, BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").isPresent())
                .isEqualTo(status == 204);
    }
}
