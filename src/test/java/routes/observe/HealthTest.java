package routes.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import routes.support.ClipClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.OwnService;
import routes.support.ServiceProcess;
import routes.support.SlowFfmpeg;

/** Health for orchestrators and operators when components fail. */
class HealthTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalResources resources = OwnService.resources();

    @TempDir
    Path folder;

    private int port;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the ffmpeg that is taken away needs a POSIX shell")
    void readinessReportsFfmpegScratchAndTable() throws Exception {
        Path ffmpeg = SlowFfmpeg.waiting(0, folder);
        Path scratch = folder.resolve("scratch");
        try (OwnService service = OwnService.start(
                resources, Map.of("FFMPEG", ffmpeg.toString(), "CLIP_DOWNLOAD_DEST", scratch.toString()))) {
            port = service.port("management");
            assertThat(get("ready").statusCode()).isEqualTo(200);
            assertThat(get("live").statusCode()).isEqualTo(200);

            Files.delete(ffmpeg);
            assertThat(down()).isEqualTo("ffmpeg");
            SlowFfmpeg.waiting(0, folder);
            FileSystemUtils.deleteRecursively(scratch);
            assertThat(down()).isEqualTo("scratch");
            Files.createDirectories(scratch);
            LocalCloud.shared().dynamoDb().deleteTable(r -> r.tableName(resources.jobsTable()));
            await().until(() -> down().contains("jobsTable"));
            assertThat(get("live").statusCode()).as("a restart would not help").isEqualTo(200);
        }
    }

    @Test
    void withoutTheQueueTheRestIsServedAndHealthSaysSo() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (ServiceProcess service = ServiceProcess.service(
                resources,
                Map.of(
                        "AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:9",
                        "AWS_SQS_QUEUE_URL", resources.queueUrl(),
                        "AWS_SQS_DEAD_LETTERS_URL", resources.deadLettersUrl(),
                        "TRANSCODE_QUEUE_URL", resources.transcodeQueueUrl(),
                        "TRANSCODE_DEAD_LETTERS_URL", resources.transcodeDeadLettersUrl(),
                        "TRANSCODE_EVENTS_QUEUE_URL", resources.transcodeEventsUrl(),
                        "CLIP_DOWNLOAD_DEST", folder.toString(),
                        "MANAGEMENT_PORT", Integer.toString(port)))) {
            await().atMost(ClipClient.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> get("ready").statusCode() == 200);

            HttpResponse<String> health = get("");
            assertThat(health.statusCode()).isEqualTo(503);
            JsonNode queue = ClipClient.json(health.body()).at("/components/queue");
            assertThat(queue.path("status").asText()).isEqualTo("DOWN");
            assertThat(queue.at("/details/reason").asText())
                    .contains(resources.queueUrl().replaceFirst(".*/", "") + " cannot be reached");
            assertThat(service.isAlive()).isTrue();
        }
    }

    /** @return the readiness components that are down, separated by commas */
    private String down() throws IOException, InterruptedException {
        HttpResponse<String> ready = get("ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        StringBuilder down = new StringBuilder();
        ClipClient.json(ready.body()).path("components").properties().forEach(part -> {
            if (part.getValue().path("status").asText().equals("DOWN")) {
                down.append(down.isEmpty() ? "" : ",").append(part.getKey());
            }
        });
        return down.toString();
    }

    private HttpResponse<String> get(String group) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/observe/health" + (group.isEmpty() ? "" : "/" + group));
        return http.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
