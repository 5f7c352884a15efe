package routes.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import routes.support.KinesisVideoServer;
import routes.support.LocalCloud;
import routes.support.OwnService;
import routes.support.PictureClient;

/** Limits of concurrent snapshots and of their time, and the sharing of equal requests. */
class SnapshotLimitsTest {
    private static OwnService service;
    private static PictureClient pictures;

    private final KinesisVideoServer streams = LocalCloud.shared().kinesisVideo();

    @BeforeAll
    static void start() {
        Map<String, String> settings = Map.of("ROLE", "api", "API_AUTH", "off", "SNAPSHOT_REUSE", "1");
        service = OwnService.start(OwnService.resources(), settings);
        pictures = new PictureClient(URI.create("http://127.0.0.1:" + service.port("server")), null);
        assertThat(pictures.get("/streams/sample/snapshot.jpg").statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void answerAtOnce() {
        streams.delay(Duration.ZERO);
    }

    private CompletableFuture<HttpResponse<byte[]>> ask(String query) {
        return askFor("sample", query);
    }

    private CompletableFuture<HttpResponse<byte[]>> askFor(String stream, String query, String... headers) {
        return CompletableFuture.supplyAsync(
                () -> pictures.get("/streams/" + stream + "/snapshot.jpg" + query, headers),
                task -> new Thread(task, "viewer").start());
    }

    @Test
    void requestsShareAPictureWhateverTheClientsHave() {
        // its newest fragment stays the same
        streams.putLike("shared", "stale");
        String query = "?maxAge=3600&width=131";
        HttpResponse<byte[]> first = askFor("shared", query).join();
        String etag = first.headers().firstValue("ETag").orElseThrow();
        await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
        streams.delay(Duration.ofMillis(500));
        int before = streams.calls("shared").size();

        List<CompletableFuture<HttpResponse<byte[]>>> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            others.add(askFor("shared", query, "If-None-Match", "\"other-" + i + "\""));
        }
        assertThat(others).allSatisfy(one -> assertThat(one.join().body()).isEqualTo(first.body()));
        assertThat(askFor("shared", query, "If-None-Match", etag).join().statusCode())
                .isEqualTo(304);
        int calls = streams.calls("shared").size() - before;
        await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
        CompletableFuture<HttpResponse<byte[]>> known = askFor("shared", query, "If-None-Match", etag);
        await().until(() -> streams.calls("shared").size() > before + calls);
        CompletableFuture<HttpResponse<byte[]>> unknown = askFor("shared", query);

        assertThat(streams.calls("shared").subList(before, before + calls)).containsOnlyOnce("getClip");
        assertThat(known.join().statusCode()).isEqualTo(304);
        assertThat(unknown.join().statusCode()).isEqualTo(200);
        assertThat(unknown.join().body()).isEqualTo(first.body());
    }

    @Test
    void theFifthAtOnceIsRefused() {
        streams.delay(Duration.ofSeconds(1));
        List<CompletableFuture<HttpResponse<byte[]>>> four = new ArrayList<>();
        int before = streams.calls("sample").size();
        for (int width = 101; width < 105; width++) {
            four.add(ask("?width=" + width));
        }
        await().until(() -> streams.calls("sample").size() == before + 4);

        HttpResponse<byte[]> fifth = ask("?width=105").join();

        assertThat(fifth.statusCode()).isEqualTo(429);
        assertThat(fifth.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(four).allSatisfy(one -> assertThat(one.join().statusCode()).isEqualTo(200));
        assertThat(ask("?width=105").join().statusCode()).isEqualTo(200);
    }

    @Test
    void equalRequestsAreTakenOnceAlsoShortlyAfterwards() {
        streams.delay(Duration.ofMillis(500));
        int before = streams.calls("sample").size();
        List<CompletableFuture<HttpResponse<byte[]>>> four = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            four.add(ask("?width=111"));
        }
        byte[] first = four.get(0).join().body();
        HttpResponse<byte[]> later = ask("?width=111").join();

        assertThat(four).allSatisfy(one -> assertThat(one.join().body()).isEqualTo(first));
        assertThat(later.body()).isEqualTo(first);
        assertThat(streams.calls("sample")
                        .subList(before, streams.calls("sample").size()))
                .containsExactly("listFragments", "getClip");
        await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
        ask("?width=111").join();
        assertThat(streams.calls("sample")
                        .subList(before, streams.calls("sample").size()))
                .hasSize(4);
    }

    @Test
    void aRequestIsAnsweredAfterTenSecondsAtTheLatest() {
        streams.delay(Duration.ofSeconds(7));
        Instant start = Instant.now();

        HttpResponse<byte[]> answer = ask("?width=121").join();

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(12));
        streams.delay(Duration.ZERO);
        // the worker becomes free by itself
        await().atMost(Duration.ofSeconds(15))
                .until(() -> ask("?width=121").join().statusCode() == 200);
    }
}
