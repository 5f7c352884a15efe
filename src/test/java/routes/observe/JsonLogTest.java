package routes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.ClipClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.OwnService;
import routes.support.PastFootage;
import routes.support.ServiceProcess;

/** The structured log of a service. */
class JsonLogTest {
    private final LocalResources resources = OwnService.resources();
    private final ClipClient client = new ClipClient(LocalCloud.shared(), resources);
    private final String clipId = ClipClient.newId();

    @Test
    void everyLineIsAnObjectAndEachStepNamesItsJob(@TempDir Path scratch) throws Exception {
        Instant start = PastFootage.shared().start().plusSeconds(1);
        client.send(ClipClient.request(clipId, start, start.plusSeconds(1)).toString());
        // the settings of the earlier system besides: a queue by its ARN, a level and sizes as Python has them
        Map<String, String> settings = Map.of(
                "LOG_FORMAT", "ecs",
                "LOG_LEVEL", "info",
                "AWS_SQS_QUEUE",
                        "arn:aws:sqs:%s:%s:%s".formatted(LocalCloud.REGION, LocalCloud.ACCOUNT, resources.queue()),
                "THUMBNAIL_SIZES", "[300, 640]",
                "OLD_FILE_FORMAT", "True",
                "CLIP_DOWNLOAD_DEST", scratch.toString());
        try (ServiceProcess service = ServiceProcess.service(resources, settings)) {
            service.await(Duration.ofMinutes(4), () -> client.jobStatus(clipId).equals("DONE"));
            service.stop();
            assertThat(service.awaitExit(Duration.ofSeconds(30))).isPresent();

            List<JsonNode> lines =
                    service.lines().stream().map(ClipClient::json).toList();
            List<JsonNode> steps = lines.stream()
                    .filter(line -> line.at("/log/logger").asText().equals("job"))
                    .toList();
            assertThat(steps).hasSizeGreaterThan(6).allSatisfy(step -> {
                assertThat(step.path("jobId").asText()).isEqualTo(clipId);
                assertThat(step.path("message").asText()).startsWith(clipId);
            });
            assertThat(lines).as("the last line has no job").last().satisfies(line -> assertThat(line.has("jobId"))
                    .isFalse());
            assertThat(service.lines()).noneMatch(line -> line.contains(LocalCloud.SECRET_KEY));
        }
    }
}
