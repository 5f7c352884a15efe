package routes.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** Checks the outcomes of a test's requests, each of which makes a clip with one thumbnail or none. */
public final class Outcomes {
    private static final Set<String> TERMINAL = Set.of("DONE", "FAILED");

    private final ClipClient client;
    private final CameraApi cameras;
    private final Map<String, String> expected = new ConcurrentSkipListMap<>();

    public Outcomes(ClipClient client, CameraApi cameras) {
        this.client = client;
        this.cameras = cameras;
    }

    /** May be called by several threads. */
    public void expect(String clipId, String outcome) {
        expected.put(clipId, outcome);
    }

    public int expected() {
        return expected.size();
    }

    /** @return the number of jobs that have ended so far */
    public long ended() {
        return client.jobStatuses().values().stream()
                .filter(Outcomes::isTerminal)
                .count();
    }

    public static boolean isTerminal(String status) {
        return TERMINAL.contains(status);
    }

    /** Every request has one outcome, which was published at least once and always in the same words. */
    public void areReached() {
        assertThat(client.jobStatuses().keySet()).isEqualTo(expected.keySet());
        hearAll();
        expected.forEach(this::isReached);
        assertThat(client.deadLetters()).isEmpty();
    }

    /** The same without failures: no outcome was published twice either. */
    public void areReachedAndToldOnce() {
        areReached();
        expected.keySet().forEach(clipId -> {
            assertThat(client.allHeardOf(clipId))
                    .as("notifications about %s", clipId)
                    .hasSize(1);
            assertThat(cameras.puts(clipId))
                    .as("camera API updates of %s", clipId)
                    .hasSize(1);
        });
    }

    private void hearAll() {
        int before = -1;
        for (int heard = 0; heard > before; heard = heardOfAll()) {
            before = heard;
        }
    }

    private int heardOfAll() {
        return expected.keySet().stream()
                .mapToInt(id -> client.allHeardOf(id).size())
                .sum();
    }

    private void isReached(String clipId, String outcome) {
        Set<JsonNode> heard = new HashSet<>(client.allHeardOf(clipId));
        assertThat(heard)
                .as("documents of %s that subscribers received", clipId)
                .hasSize(1);
        Set<JsonNode> put = new HashSet<>();
        cameras.puts(clipId).forEach(body -> put.add(ClipClient.json(body)));
        assertThat(put)
                .as("documents of %s that the camera API received", clipId)
                .isEqualTo(heard);
        JsonNode document = heard.iterator().next();
        assertThat(document.path("status").asText()).isEqualTo(outcome);
        assertThat(client.job(clipId).get("outcome").s()).isEqualTo(outcome);
        assertThat(client.job(clipId).get("eventId").s())
                .isEqualTo(document.path("eventId").asText());
        List<String> objects = client.objects(clipId);
        assertThat(objects).as("stored objects of %s", clipId).hasSize(outcome.equals("CLIP_AVAILABLE") ? 2 : 0);
    }
}
