package routes.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalCloud;
import routes.support.LocalServices;
import routes.support.PastFootage;
import routes.support.SettableClock;
import routes.support.TestSettings;

/** Jobs without a message, as left by a process that died after deleting it. */
@FlowTest
class JobSweepFlowTest {
    private final ClipClient client = LocalServices.client();
    private final String clipId = ClipClient.newId();
    private final LocalCloud cloud = LocalCloud.shared();
    private final SettableClock tenMinutesAgo = new SettableClock(Instant.now().minus(10, ChronoUnit.MINUTES));
    private final JobStore dead = new JobStore(
            cloud.dynamoDb(),
            tenMinutesAgo,
            TestSettings.with(Map.of("JOBS_TABLE", cloud.resources().jobsTable())));

    @Test
    void anOpenJobPastItsDueTimeIsTakenUpAndFinished() {
        leave();

        client.awaitStatus(clipId, "DONE");

        assertThat(client.heardOf(clipId).path("status").asText()).isEqualTo("CLIP_AVAILABLE");
        assertThat(client.objects(clipId)).hasSize(5);
    }

    @Test
    void aDecidedJobIsAnnouncedWithTheDocumentThatWasDecided() {
        Job job = leave();
        String document = "{\"clipId\":\"" + clipId + "\",\"status\":\"CLIP_NOT_AVAILABLE\",\"eventId\":\"first\"}";
        dead.decide(job, new JobOutcome("CLIP_NOT_AVAILABLE", document, null, null), false, List.of());

        client.awaitStatus(clipId, "FAILED");

        assertThat(client.heardOf(clipId)).isEqualTo(ClipClient.json(document));
        assertThat(LocalServices.cameras().puts(clipId))
                .singleElement()
                .satisfies(put -> assertThat(ClipClient.json(put)).isEqualTo(ClipClient.json(document)));
        assertThat(client.objects(clipId)).isEmpty();
    }

    private Job leave() {
        Instant start = PastFootage.shared().start().plusMillis(2_000);
        ObjectNode request = ClipClient.request(clipId, start, start.plusSeconds(1));
        request.remove("retryTimestamps");
        return dead.open(new NewJob(
                        clipId, "clip", "1111111111111", null, request.toString(), "{}", 0, tenMinutesAgo.instant()))
                .orElseThrow();
    }
}
