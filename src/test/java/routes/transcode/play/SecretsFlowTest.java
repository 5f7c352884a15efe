package routes.transcode.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.ApiClient.Answer;
import routes.support.LocalCloud;
import routes.support.LocalFfmpeg;
import routes.support.LocalResources;
import routes.support.LoggedLines;
import routes.support.OwnService;
import routes.support.RecordedSpans;
import routes.support.TranscodeClient;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A film is transcoded, once with a failed attempt, and played. Afterwards the content keys, the playlist tokens and the
 * signatures of links are sought wherever they must not be. The service logs at DEBUG, traces each step and has an access
 * log, and its ffmpeg keeps its arguments and files.
 */
class SecretsFlowTest {
    private static final LocalResources RESOURCES = OwnService.resources();
    private static final Pattern SIGNATURE = Pattern.compile("X-Amz-Signature=([0-9a-f]{64})");
    private static final Duration LENGTH = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static PlayedFilms films;
    private static LoggedLines log;
    private static final List<String> JOBS = new ArrayList<>();
    private static final SecretText KEYS = new SecretText();
    private static final SecretText TOKENS = new SecretText();
    private static final SecretText SIGNATURES = new SecretText();
    private static final List<HttpResponse<byte[]>> ANSWERS = new ArrayList<>();

    @BeforeAll
    static void transcodeAndPlay() throws Exception {
        films = new PlayedFilms(
                RESOURCES,
                Map.of(
                        "LOG_LEVEL", "DEBUG",
                        // the clients of this test
                        "logging.level.jdk", "WARN",
                        // the local S3
                        "logging.level.org.gaul", "WARN",
                        "logging.level.org.eclipse.jetty", "WARN",
                        "FFMPEG", curiousFfmpeg().toString(),
                        "server.tomcat.accesslog.enabled", "true",
                        "server.tomcat.accesslog.directory",
                                folder.resolve("access").toString(),
                        "server.tomcat.accesslog.buffered", "false"),
                RecordedSpans.class);
        // a start resets the log
        log = LoggedLines.record();
        JOBS.add(films.stream(folder, PlayedFilms.COPIED, LENGTH));
        JOBS.add(streamWithFailedAttempt());
        for (String job : JOBS) {
            KEYS.add(films.client().object("transcodes/" + job + "/1/key.key"));
            play(job);
        }
        Answer upload =
                films.writer().post("/uploads", "{\"name\":\"a.mp4\",\"contentType\":\"video/mp4\",\"bytes\":9}");
        addSignatures(upload.body().path("url").asText());
    }

    /** @return an ffmpeg that keeps its arguments, its environment, and the files that it leaves */
    private static Path curiousFfmpeg() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("kept"));
        Path program = folder.resolve("curious-ffmpeg");
        Files.writeString(
                program,
                """
                #!/bin/sh
                printf '%%s\\n' "$@" >> '%1$s/arguments'
                env >> '%1$s/environment'
                '%2$s' "$@"
                status=$?
                mkdir '%1$s/'$$ && cp -- * '%1$s/'$$ 2>/dev/null
                exit $status
                """
                        .formatted(kept, LocalFfmpeg.path()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    /** @return job id of a stream whose first segments were stored when S3 failed */
    private static String streamWithFailedAttempt() throws IOException {
        String key = films.upload(folder, PlayedFilms.ENCODED, LENGTH);
        String job = films.client().awaited(key, "RUNNING").path("jobId").asText();
        try {
            await().pollInterval(Duration.ofMillis(20))
                    .until(() -> !films.client().objects(job).isEmpty());
            LocalCloud.shared().failS3(1, new Random(0));
            await().atMost(PATIENCE)
                    .until(() -> log.lines().stream().anyMatch(line -> line.contains(job + ": attempt 1 failed")));
        } finally {
            LocalCloud.shared().failS3(0, new Random(0));
        }
        films.client().awaitedJob(job, "DONE");
        return job;
    }

    private static void play(String job) throws Exception {
        URI playlist = films.playlist(job);
        String token = playlist.getQuery().replace("token=", "");
        TOKENS.add(token.substring(token.indexOf('.') + 1));
        HttpPlayer player = new HttpPlayer();
        for (URI rendition : player.renditions(playlist)) {
            player.download(rendition, folder);
        }
        ANSWERS.addAll(player.answers());
        // refused
        for (String wrong : List.of("&bucket=x", "&token=" + token)) {
            ANSWERS.add(HttpPlayer.get(URI.create(playlist + wrong)));
        }
        ANSWERS.add(HttpPlayer.get(films.at("/jobs/other/playlist.m3u8?token=" + token)));
        ANSWERS.add(HttpPlayer.get(films.at("/jobs/" + job + "/stream/1/none/index.m3u8?token=" + token)));
        for (HttpResponse<byte[]> answer : ANSWERS) {
            answer.headers().firstValue("Location").ifPresent(SecretsFlowTest::addSignatures);
        }
    }

    private static void addSignatures(String link) {
        Matcher signature = SIGNATURE.matcher(link);
        assertThat(signature.find()).as(link).isTrue();
        SIGNATURES.add(signature.group(1));
    }

    @AfterAll
    static void stop() {
        films.close();
        log.close();
    }

    private static void assertClean(List<String> texts, String where) {
        for (SecretText secrets : List.of(KEYS, TOKENS, SIGNATURES)) {
            assertThat(secrets.size()).isPositive();
            assertThat(texts.stream().filter(secrets::isIn)).as(where).isEmpty();
        }
    }

    @Test
    void noLogHasASecretEvenAtDebug() throws IOException {
        List<String> lines = log.lines();
        assertThat(lines)
                .anyMatch(line -> line.contains(" GET /jobs/" + JOBS.get(0) + "/stream/1/key.key 302 "))
                .anyMatch(line -> line.contains(JOBS.get(1) + ": attempt 1 failed"));
        assertClean(lines, "log");
        StringBuilder accesses = new StringBuilder();
        try (Stream<Path> files = Files.list(folder.resolve("access"))) {
            for (Path file : files.toList()) {
                accesses.append(Files.readString(file));
            }
        }
        assertThat(accesses).contains("GET /jobs/" + JOBS.get(0) + "/stream/1/key.key ");
        assertClean(List.of(accesses.toString()), "access logs");
    }

    @Test
    void noSpanHasASecret() {
        List<String> spans = RecordedSpans.texts();
        assertThat(spans)
                .anyMatch(span -> span.contains("store-key-file"))
                .anyMatch(span -> span.contains("/stream/1/key.key"))
                .anyMatch(span -> span.contains("redirect-to-segment"));
        assertClean(spans, "spans");
    }

    @Test
    void ffmpegGetsNoSecretInArgumentsEnvironmentAndFiles() throws IOException {
        List<String> seen = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve("kept"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                seen.add(file.getFileName() + " " + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(seen)
                .anyMatch(file -> file.startsWith("arguments ") && file.contains("-segment_times"))
                // others were stored, and removed, before ffmpeg ended
                .anyMatch(file -> file.matches("(?s)copy-\\d{5}\\.m4s .*"))
                .anyMatch(file -> file.matches("(?s)180p-\\d{5}\\.m4s .*"));
        assertClean(seen, "ffmpeg");
    }

    @Test
    void noTableButThatOfKeysHasASecret() {
        List<String> items = new ArrayList<>();
        for (String table : LocalCloud.shared().dynamoDb().listTablesPaginator().tableNames()) {
            if (!table.equals(RESOURCES.keysTable())) {
                LocalCloud.shared().dynamoDb().scanPaginator(scan -> scan.tableName(table)).items().stream()
                        .map(Object::toString)
                        .forEach(items::add);
            }
        }
        assertThat(items).anyMatch(item -> item.contains(JOBS.get(0)));
        assertClean(items, "tables");
    }

    @Test
    void noObjectButTheKeyFileHasASecret() {
        List<S3Object> objects =
                LocalCloud.shared()
                        .s3()
                        .listObjectsV2Paginator(list -> list.bucket(RESOURCES.clipsBucket()))
                        .contents()
                        .stream()
                        .filter(object -> !object.key().endsWith("/key.key"))
                        .toList();
        assertThat(objects).hasSizeGreaterThan(10);
        for (S3Object object : objects) {
            String content = new String(films.client().object(object.key()), StandardCharsets.ISO_8859_1);
            assertClean(List.of(object.key(), content), object.key());
        }
    }

    @Test
    void noAnswerAndNoAnnouncementHasASecret() {
        List<String> seen = new ArrayList<>();
        TranscodeClient client = films.client();
        for (String job : JOBS) {
            seen.add(client.heardOf(job).toString());
            for (String path : List.of("/jobs/" + job, "/jobs?type=transcode", "/status", "/jobs/" + job + "/frames")) {
                HttpResponse<String> answer = films.api().get(path).response();
                seen.add(answer.headers().map() + answer.body());
            }
        }
        assertClean(seen, "answers");
        for (HttpResponse<byte[]> answer : ANSWERS) {
            String whole = answer.headers().map() + HttpPlayer.text(answer);
            assertThat(KEYS.isIn(answer.body()) || KEYS.isIn(whole)).isFalse();
            assertThat(SIGNATURES.isIn(HttpPlayer.text(answer))).isFalse();
            boolean isPlaylist = whole.contains("#EXTM3U");
            assertThat(TOKENS.isIn(whole)).as(whole).isEqualTo(isPlaylist);
        }
    }
}
