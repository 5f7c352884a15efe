package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import routes.support.ClipClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.OwnService;
import routes.support.PastFootage;

/** The work of each role, with one queue and one table. */
class RolesTest {
    private final LocalResources resources = OwnService.resources();
    private final ClipClient client = new ClipClient(LocalCloud.shared(), resources);
    private final String clipId = ClipClient.newId();

    @Test
    void theApiReadsNoQueueAndAWorkerDoes() {
        try (OwnService api = OwnService.start(resources, Map.of("ROLE", "api"))) {
            send();
            assertThat(starts(api))
                    .contains("job-sweep", "createClip", "createTranscode", "send-transcode")
                    .doesNotContain("clip", "clip-dead-letters", "transcodes", "transcode-dead-letters", "leases");
            assertThat(client.waitingRequests()).as("no worker received it").containsExactly(1, 0);
            try (OwnService worker = OwnService.start(resources, Map.of("ROLE", "worker"))) {
                assertThat(starts(worker))
                        .contains("clip", "clip-dead-letters", "leases")
                        .doesNotContain("job-sweep", "createClip", "transcodes", "transcode-dead-letters");
                client.awaitStatus(clipId, "DONE");
            }
        }
        assertThat(client.allHeardOf(clipId)).hasSize(1);
    }

    @Test
    void aTranscoderReadsOnlyItsQueueAndBothReadsAll() {
        try (OwnService transcoder = OwnService.start(resources, Map.of("ROLE", "transcoder"))) {
            assertThat(starts(transcoder))
                    .contains("transcodes", "transcode-dead-letters", "leases")
                    .doesNotContain("clip", "clip-dead-letters", "job-sweep", "createTranscode");
        }
        try (OwnService both = OwnService.start(resources, Map.of("ROLE", "both"))) {
            assertThat(starts(both))
                    .contains("clip", "transcodes", "transcode-dead-letters", "leases", "job-sweep", "createTranscode");
        }
    }

    @Test
    void aRequestWithoutAWorkerIsSentAgainByTheApi() {
        try (OwnService worker = OwnService.start(resources, Map.of("ROLE", "worker", "SQS_TIMEOUT", "900"))) {
            Instant later = LocalServices.clock().instant().plusSeconds(60);
            client.send(ClipClient.request(clipId, later, later.plusSeconds(1)).toString());
            client.awaitStatus(clipId, "WAITING");
        }
        try (OwnService api = OwnService.start(resources, Map.of("ROLE", "api"))) {
            LocalServices.clock().advance(Duration.ofMinutes(21));
            await().atMost(ClipClient.PATIENCE)
                    .until(() -> client.waitingRequests().equals(List.of(1, 0)));
        } finally {
            LocalServices.clock().reset();
        }
    }

    private void send() {
        Instant start = PastFootage.shared().start().plusSeconds(1);
        client.send(ClipClient.request(clipId, start, start.plusMillis(400)).toString());
    }

    private static List<String> starts(OwnService service) {
        return service.camel().getRoutes().stream().map(Route::getRouteId).toList();
    }
}
