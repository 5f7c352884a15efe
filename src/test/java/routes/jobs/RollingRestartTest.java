package routes.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.Leftovers;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.Outcomes;
import routes.support.PastFootage;
import routes.support.ServiceProcess;
import routes.support.SlowFfmpeg;
import routes.support.Traffic;

/**
 * Two consecutive rolling updates under load: to a release whose ffmpeg makes no progress, and back. The first drains
 * all work within its time; in the second all work of the bad release is returned to the queue.
 */
@Tag("full")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
class RollingRestartTest {
    private static final int TERMINATED = 143;

    /** More clients than workers of all services, so that messages wait. */
    private static final int FOLLOWING = 10;

    /** So that requests arrive also while all work is blocked. */
    private static final int HURRIED = 2;

    /** The limit is 90 s, most of it for calls that hang outside the service; nothing hangs here. */
    private static final Duration AFTER_DRAIN = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final CameraApi cameras = LocalServices.cameras();
    private final LocalResources resources = LocalCloud.shared()
            .newResources("-roll-" + UUID.randomUUID().toString().substring(0, 8));
    private final ClipClient client = new ClipClient(LocalCloud.shared(), resources);
    private final Outcomes outcomes = new Outcomes(client, cameras);
    private final Traffic traffic = new Traffic(client, outcomes);
    private final List<ServiceProcess> all = new ArrayList<>();

    @TempDir
    Path folder;

    private record Release(Duration drain, Path ffmpeg) {}

    @BeforeEach
    void recordFootage() {
        PastFootage.shared();
    }

    @AfterEach
    void endAll() {
        traffic.close();
        all.forEach(ServiceProcess::close);
    }

    @Test
    void everyRequestIsTakenAndHasOneOutcomeThroughTwoRollingUpdates() throws Exception {
        Release good = release("good", 30, 1);
        Release bad = release("bad", 1, 60);
        List<ServiceProcess> first = List.of(start(good), start(good));
        first.forEach(this::takesPart);
        traffic.followClips(FOLLOWING);
        traffic.askForThePast(HURRIED);

        List<ServiceProcess> second = replace(first, good, bad);
        List<ServiceProcess> third = replace(second, bad, good);
        await().atMost(PATIENCE).until(() -> third.stream().allMatch(service -> traffic.acceptedBy(service) > 0));
        traffic.end();
        for (ServiceProcess service : third) {
            stop(service, good);
        }

        assertThat(traffic.wrong()).isEmpty();
        for (ServiceProcess service : all) {
            assertThat(traffic.acceptedBy(service))
                    .as("accepted requests according to its access log")
                    .isPositive()
                    .isEqualTo(linesWith(service, "POST /clips 202 ", "POST /submit-job 200 "));
            assertThat(linesWith(service, " ERROR ")).isZero();
        }
        assertThat(first).allSatisfy(service -> assertThat(linesWith(service, "returned to the queue: "))
                .isZero());
        assertThat(second).allSatisfy(service -> assertThat(linesWith(service, "returned to the queue: "))
                .isPositive());
        outcomes.areReachedAndToldOnce();
        assertThat(client.waitingRequests()).containsExactly(0, 0);
        assertThat(Leftovers.files(scratch())).isEmpty();
        assertThat(Leftovers.programs(folder)).isEmpty();
    }

    private Release release(String name, int drain, int slowness) throws IOException {
        Path ffmpeg = SlowFfmpeg.waiting(slowness, Files.createDirectory(folder.resolve(name)));
        return new Release(Duration.ofSeconds(drain), ffmpeg);
    }

    /** Replaces one service after the other while it is working; each replacement starts first. */
    private List<ServiceProcess> replace(List<ServiceProcess> old, Release from, Release to) throws Exception {
        List<ServiceProcess> replacements = new ArrayList<>();
        for (ServiceProcess service : old) {
            ServiceProcess replacement = start(to);
            takesPart(replacement);
            replacements.add(replacement);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> !service.children()
                    .isEmpty());
            stop(service, from);
        }
        return replacements;
    }

    private ServiceProcess start(Release release) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "CLIP_DOWNLOAD_DEST", scratch().toString(),
                "CLIP_WORKERS", "2",
                "DRAIN", Long.toString(release.drain.toSeconds()),
                "FFMPEG", release.ffmpeg.toString(),
                "THUMBNAIL_SIZES", "300"));
        // all clients have the same address and so share one limit
        settings.putAll(Map.of("API_RATE", "1000", "API_BURST", "1000"));
        ServiceProcess service = ServiceProcess.service(resources, settings);
        all.add(service);
        return service;
    }

    private void takesPart(ServiceProcess service) {
        service.awaitApi();
        traffic.to(service);
    }

    /** Clients are not informed beforehand: they notice by rejections. */
    private void stop(ServiceProcess service, Release release) throws Exception {
        traffic.mayRefuse(service);
        Instant signal = Instant.now();
        service.stop();
        assertThat(service.awaitExit(release.drain.plus(AFTER_DRAIN)))
                .as("exit after %s", Duration.between(signal, Instant.now()))
                .hasValue(TERMINATED);
        traffic.notTo(service);
    }

    private Path scratch() {
        return folder.resolve("scratch");
    }

    private static long linesWith(ServiceProcess service, String... parts) {
        return service.lines().stream()
                .filter(line -> List.of(parts).stream().anyMatch(line::contains))
                .count();
    }
}
