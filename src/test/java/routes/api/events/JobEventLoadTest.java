package routes.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import routes.CamclipsApplication;
import routes.support.EventClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.ServiceProcess;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Many listeners on one small process, one of which never reads. */
@Tag("full")
class JobEventLoadTest {
    private static final int LISTENERS = 500;
    private static final int JOBS = 200;
    private static final int ROUNDS = 5;
    private static final int STEP_BYTES = 5000;
    private static final int PER_WRITE = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalCloud cloud = LocalCloud.shared();
    private final LocalResources resources = cloud.newResources("-listeners");
    private final List<Map<String, Integer>> progress = new ArrayList<>();
    private final List<EventClient> listeners = new ArrayList<>();

    @Test
    void aListenerThatNeverReadsHoldsUpNobodyAndNotTheStop() throws Exception {
        int port = freePort();
        Map<String, String> settings =
                Map.of("SERVER_PORT", Integer.toString(port), "DRAIN", "1", "API_RATE", "2000", "API_BURST", "2000");
        try (ServiceProcess service = ServiceProcess.start(
                        CamclipsApplication.class,
                        List.of("-Xmx192m"),
                        ServiceProcess.environment(resources, settings));
                Socket unread = new Socket()) {
            service.awaitApi();
            int threads = threads(service);
            listen(unread, port);
            for (int i = 0; i < LISTENERS; i++) {
                Map<String, Integer> seen = new ConcurrentHashMap<>();
                progress.add(seen);
                listeners.add(EventClient.open(
                        service.api(),
                        event -> seen.put(
                                event.data().path("jobId").asText(),
                                event.data().path("progress").asInt())));
            }
            assertThat(listeners)
                    .allSatisfy(listener -> assertThat(listener.status()).isEqualTo(200));

            for (int round = 1; round <= ROUNDS; round++) {
                write(round);
                int current = round;
                service.await(PATIENCE, () -> progress.stream().allMatch(seen -> isComplete(seen, current)));
            }

            // the container's pool has 200, however many listeners there are
            assertThat(threads(service) - threads).as("more threads").isLessThan(LISTENERS / 2);
            assertThat(listeners).noneMatch(EventClient::hasEnded);
            stopsAtOnce(service);
            assertThat(rest(unread))
                    .as("bytes for the listener that reads late")
                    .isLessThan(ROUNDS * JOBS * STEP_BYTES);
        } finally {
            listeners.forEach(EventClient::close);
        }
    }

    private void stopsAtOnce(ServiceProcess service) throws InterruptedException {
        Instant stop = Instant.now();
        service.stop();
        await().atMost(Duration.ofSeconds(5)).until(() -> listeners.stream().allMatch(EventClient::hasEnded));
        assertThat(service.awaitExit(Duration.ofSeconds(30))).isPresent();
        // a poll of the queue lasts five seconds
        assertThat(Duration.between(stop, Instant.now())).isLessThan(Duration.ofSeconds(15));
    }

    private static boolean isComplete(Map<String, Integer> seen, int round) {
        return seen.size() == JOBS && seen.values().stream().allMatch(value -> value == round);
    }

    /** Connects a listener whose buffers are soon full. */
    private static void listen(Socket unread, int port) throws IOException {
        unread.setReceiveBufferSize(1024);
        unread.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        unread.getOutputStream()
                .write("GET /jobs/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads what its connection still holds. */
    private static int rest(Socket unread) throws IOException {
        int count = 0;
        try (InputStream in = unread.getInputStream()) {
            while (in.read() >= 0) {
                count++;
            }
        } catch (SocketException closedByTheService) {
            return count;
        }
        return count;
    }

    /** Changes all jobs, as their transitions would. */
    private void write(int round) {
        List<WriteRequest> writes = new ArrayList<>();
        for (int job = 0; job < JOBS; job++) {
            Map<String, AttributeValue> item = item("job-" + job, round);
            writes.add(WriteRequest.builder()
                    .putRequest(PutRequest.builder().item(item).build())
                    .build());
        }
        for (int i = 0; i < JOBS; i += PER_WRITE) {
            List<WriteRequest> some = writes.subList(i, i + PER_WRITE);
            cloud.dynamoDb().batchWriteItem(r -> r.requestItems(Map.of(resources.jobsTable(), some)));
        }
    }

    private static Map<String, AttributeValue> item(String jobId, int round) {
        Instant now = Instant.now();
        Map<String, AttributeValue> item = new HashMap<>();
        Map.of("jobId", jobId, "type", "clip", "status", "RUNNING", "request", "{}", "step", "x".repeat(STEP_BYTES))
                .forEach((name, text) -> item.put(name, AttributeValue.fromS(text)));
        Map.of("attempt", 0L, "run", 1L, "progress", (long) round, "asked", now.toEpochMilli())
                .forEach((name, number) -> item.put(name, AttributeValue.fromN(number.toString())));
        item.put("retryTimestamps", AttributeValue.fromL(List.of()));
        item.put("changedAt", AttributeValue.fromN(Long.toString(now.toEpochMilli())));
        item.put(
                "changedIn",
                AttributeValue.fromS(now.truncatedTo(ChronoUnit.MINUTES)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDateTime()
                        .toString()));
        return item;
    }

    private static int threads(ServiceProcess service) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(service.pid()), "status")).stream()
                .filter(line -> line.startsWith("Threads:"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
