package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import routes.support.ClipClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.OwnService;
import routes.support.PastFootage;
import routes.support.ServiceProcess;

/** The released image, started by the command from {@code image/test.sh}. */
@EnabledIfSystemProperty(named = "image.command", matches = ".+")
class ImageTest {
    private static final int TERMINATED = 143;

    private final LocalResources resources = OwnService.resources();
    private final ClipClient client = new ClipClient(LocalCloud.shared(), resources);
    private final String clipId = ClipClient.newId();

    @Test
    void itMakesAClipAndEndsOnSigterm() throws Exception {
        Map<String, String> environment =
                ServiceProcess.environment(resources, Map.of("CLIP_DOWNLOAD_DEST", "/tmp/camclips-image-test"));
        // the image has its own values
        String lines = environment.entrySet().stream()
                .filter(e -> !e.getKey().equals("FFMPEG") && !e.getKey().equals("CLIP_DOWNLOAD_DEST"))
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("\n"));
        Files.writeString(Path.of("target/image/env"), lines);
        Instant start = PastFootage.shared().start().plusSeconds(1);
        client.send(ClipClient.request(clipId, start, start.plusSeconds(3)).toString());

        ProcessBuilder command = new ProcessBuilder(
                        List.of(System.getProperty("image.command").split(" ")))
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target/image/log").toFile());
        command.environment().putAll(environment);
        Process service = command.start();
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                assertThat(service.isAlive())
                        .as("%s", Files.readString(Path.of("target/image/log")))
                        .isTrue();
                return client.jobStatus(clipId).equals("DONE");
            });
            service.destroy();
            assertThat(service.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(service.exitValue()).isEqualTo(TERMINATED);
        } finally {
            service.destroyForcibly();
        }
        assertThat(client.objects(clipId)).hasSize(5);
    }
}
