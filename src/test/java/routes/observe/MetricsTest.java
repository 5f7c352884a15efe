package routes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import routes.support.ClipClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.OwnService;
import routes.support.PastFootage;

/** Metrics of a service that made a clip, after a first attempt that failed at the camera API. */
class MetricsTest {
    private static final Pattern METER = Pattern.compile("\\b((?:camclips|camel|jvm)_[a-z_]+)");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_]+)(?:\\{(.*)})? ([0-9.E+-]+|NaN)$");

    private static final String CLIP_ID = ClipClient.newId();

    private static OwnService service;
    private static String scraped;

    @BeforeAll
    static void makeAClip() throws Exception {
        LocalResources resources = OwnService.resources();
        ClipClient client = new ClipClient(LocalCloud.shared(), resources);
        service = OwnService.start(resources, Map.of("SCRATCH_LIMIT", "1000000000"));
        Instant start = PastFootage.shared().start().plusSeconds(1);
        LocalServices.cameras().failNext("/cameras/clips/" + CLIP_ID, 503, 1);
        client.send(ClipClient.request(CLIP_ID, start, start.plusSeconds(1)).toString());
        client.awaitStatus(CLIP_ID, "DONE");
        URI metrics = URI.create("http://127.0.0.1:" + service.port("management") + "/observe/metrics");
        scraped = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @AfterAll
    static void stop() {
        LocalServices.cameras().clearFaults();
        service.close();
    }

    @Test
    void outcomesAreCounted() {
        assertThat(value("camclips_jobs_total", "type=\"clip\"", "outcome=\"CLIP_AVAILABLE\""))
                .isEqualTo(1);
        assertThat(value("camclips_jobs_total", "outcome=\"FATAL_ERROR\"")).isZero();
        assertThat(value("camclips_jobs_total", "outcome=\"CANCELLED\"")).isZero();
        assertThat(value("camclips_attempts_total", "result=\"DECIDED\"")).isEqualTo(1);
        assertThat(value("camclips_attempts_total", "result=\"FAILED\"")).isEqualTo(1);
        assertThat(value("camclips_publications_resent_total"))
                .as("a rejected PUT is not a resend")
                .isZero();
        assertThat(value("camclips_leases_lost_total")).isZero();
        assertThat(value("camclips_clip_ready_seconds_count", "since=\"request\""))
                .isEqualTo(1);
        assertThat(value("camclips_clip_ready_seconds_sum", "since=\"footage\""))
                .isLessThanOrEqualTo(value("camclips_clip_ready_seconds_sum", "since=\"request\""));
    }

    @Test
    void bytesAndStepsAreMeasured() {
        assertThat(value("camclips_fetched_bytes_total")).isGreaterThan(10_000);
        assertThat(value("camclips_stored_bytes_total")).isGreaterThan(10_000);
        assertThat(value("camclips_scratch_reserved_bytes")).isZero();
        assertThat(value("camclips_scratch_free_bytes")).isEqualTo(1e9);
        assertThat(value("camel_message_history_seconds_count", "nodeId=\"store\""))
                .isEqualTo(1);
    }

    @Test
    void noLabelHoldsAnIdOrTheNameOfAHost() {
        assertThat(scraped).doesNotContain(CLIP_ID).doesNotContain("127.0.0.1").doesNotContain("cameras/");
        Set<String> labels = samples().stream()
                .filter(sample -> sample.group(1).startsWith("camclips_"))
                .filter(sample -> sample.group(2) != null)
                .flatMap(sample -> List.of(sample.group(2).split(",")).stream())
                .map(label -> label.split("=", 2)[0])
                .collect(Collectors.toSet());
        assertThat(labels).containsExactlyInAnyOrder("type", "outcome", "result", "since", "le", "reason", "cause");
    }

    @Test
    void theDashboardQueriesOnlyExistingMetrics() throws Exception {
        Set<String> there = samples().stream().map(sample -> sample.group(1)).collect(Collectors.toSet());
        Set<String> asked = new TreeSet<>();
        JsonNode dashboard = new ObjectMapper()
                .readTree(Path.of("helm/dashboards/camclips.json").toFile());
        dashboard
                .findValues("expr")
                .forEach(expr -> METER.matcher(expr.asText()).results().forEach(match -> asked.add(match.group(1))));

        assertThat(asked).hasSizeGreaterThan(12);
        assertThat(there).containsAll(asked);
        Set<String> ours = there.stream()
                .filter(name -> name.matches("camclips_.*_(total|bytes|bucket)"))
                .collect(Collectors.toSet());
        assertThat(asked).as("every metric of the service is on the dashboard").containsAll(ours);
    }

    private static List<MatchResult> samples() {
        return SAMPLE.matcher(scraped).results().toList();
    }

    private static double value(String name, String... labels) {
        return samples().stream()
                .filter(sample -> sample.group(1).equals(name))
                .filter(sample -> List.of(labels).stream()
                        .allMatch(label ->
                                sample.group(2) != null && sample.group(2).contains(label)))
                .mapToDouble(sample -> Double.parseDouble(sample.group(3)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in\n" + scraped));
    }
}
