package routes.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.EndingCredentials;
import routes.support.KinesisVideoServer;
import routes.support.LocalCloud;
import routes.support.OwnService;
import routes.support.PictureClient;

/** Settings of snapshots, each with a service of its own. */
class SnapshotSettingsTest {
    private final LocalCloud cloud = LocalCloud.shared();
    private final KinesisVideoServer streams = cloud.kinesisVideo();

    private static OwnService start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("ROLE", "api");
        all.put("API_AUTH", "off");
        return OwnService.start(OwnService.resources(), all);
    }

    private static URI base(OwnService service) {
        return URI.create("http://127.0.0.1:" + service.port("server"));
    }

    @Test
    void kinesisVideoMayDecodeTheNewestImage() {
        try (OwnService service = start(Map.of("SNAPSHOT_SOURCE", "images"))) {
            PictureClient pictures = new PictureClient(base(service), null);

            HttpResponse<byte[]> whole = pictures.get("/streams/sample/snapshot.jpg");
            HttpResponse<byte[]> small = pictures.get("/streams/sample/snapshot.jpg?width=320");

            assertThat(whole.statusCode()).isEqualTo(200);
            Instant at = Instant.ofEpochMilli(Long.parseLong(
                    whole.headers().firstValue("X-Frame-Time").orElseThrow().replace(".", "")));
            long frame = Duration.between(streams.epoch(), at).dividedBy(Duration.ofMillis(40));
            assertThat(PictureClient.frame(whole.body())).isEqualTo(frame);
            assertThat(frame % 50).as("the last frame of a fragment of 2 s").isEqualTo(49);
            assertThat(Jpeg.of(whole.body()).size()).isEqualTo("640x360");
            assertThat(Jpeg.of(small.body()).size()).isEqualTo("320x180");
            assertThat(streams.calls("sample")).contains("getImages");
        }
    }

    @Test
    void fewImagesOfALongFragmentAreRequested() {
        try (OwnService service = start(Map.of("SNAPSHOT_SOURCE", "images"))) {
            int calls = streams.calls("long").size();

            HttpResponse<byte[]> answer =
                    new PictureClient(base(service), null).get("/streams/long/snapshot.jpg?maxAge=60");

            assertThat(answer.statusCode()).isEqualTo(200);
            long frame = PictureClient.frame(answer.body());
            assertThat(frame % 500).as("the last frame of a fragment of 20 s").isEqualTo(499);
            Instant at = Instant.ofEpochMilli(Long.parseLong(
                    answer.headers().firstValue("X-Frame-Time").orElseThrow().replace(".", "")));
            assertThat(Duration.between(streams.epoch(), at).dividedBy(Duration.ofMillis(40)))
                    .isEqualTo(frame);
            assertThat(streams.calls("long")
                            .subList(calls, streams.calls("long").size()))
                    .filteredOn("getImages"::equals)
                    .as("one page")
                    .hasSize(1);
        }
    }

    @Test
    void theBucketMayHaveItsOwnNameLifeAndCredentials() {
        String bucket = OwnService.resources().clipsBucket();
        Map<String, String> settings = Map.of(
                "SNAPSHOT_BUCKET",
                bucket,
                "SNAPSHOT_LINK_LIFE",
                "5",
                "SNAPSHOT_S3_ACCESS_KEY_ID",
                LocalCloud.ACCESS_KEY,
                "SNAPSHOT_S3_SECRET_ACCESS_KEY",
                LocalCloud.SECRET_KEY);
        try (OwnService service = start(settings)) {
            Answer answer = new ApiClient(base(service), null).post("/snapshots", "{\"stream\":\"sample\"}");

            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
            String key = answer.body().get("key").asText();
            assertThat(cloud.s3().headObject(r -> r.bucket(bucket).key(key)).contentType())
                    .isEqualTo("image/jpeg");
            assertThat(PictureClient.frame(
                            PictureClient.download(answer.body().get("url").asText())))
                    .isNotNegative();
            assertThat(Instant.parse(answer.body().get("expiresAt").asText()))
                    .isBefore(Instant.now().plusSeconds(6));
        }
    }

    @Test
    void aLinkEndsWithTheCredentialsAtTheLatest() {
        Map<String, String> settings = Map.of("ROLE", "api", "API_AUTH", "off");
        try (OwnService service = OwnService.start(OwnService.resources(), settings, EndingCredentials.class)) {
            Answer answer = new ApiClient(base(service), null).post("/snapshots", "{\"stream\":\"sample\"}");

            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
            assertThat(Instant.parse(answer.body().get("expiresAt").asText()))
                    .isBetween(Instant.now(), Instant.now().plusSeconds(10));
        }
    }

    @Test
    void credentialsThatTheBucketRefusesAreReportedWithoutDetails() {
        Map<String, String> settings = Map.of(
                "SNAPSHOT_S3_ACCESS_KEY_ID", LocalCloud.READ_ONLY_ACCESS_KEY,
                "SNAPSHOT_S3_SECRET_ACCESS_KEY", LocalCloud.SECRET_KEY);
        try (OwnService service = start(settings)) {
            ApiClient api = new ApiClient(base(service), null);

            Answer answer = api.post("/snapshots", "{\"stream\":\"sample\"}");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.response().body())
                    .doesNotContain(LocalCloud.READ_ONLY_ACCESS_KEY, "127.0.0.1", "camclips-");
            assertThat(api.get("/jobs?subject=sample")
                            .body()
                            .at("/jobs/0/status")
                            .asText())
                    .isEqualTo("FAILED");
        }
    }
}
