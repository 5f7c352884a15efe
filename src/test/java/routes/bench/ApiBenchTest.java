package routes.bench;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.ClipClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.PastFootage;
import routes.support.ServiceProcess;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Cost of reading a finished job over REST, with five links signed each time, beside a bare GetItem of the same item:
 * 100 concurrent clients, both in turn, on the same LocalCloud. The clients, the service and LocalCloud share this
 * machine's cores.
 */
@Tag("bench")
class ApiBenchTest {
    private static final int CLIENTS = 100;
    private static final int REQUESTS_EACH = 40;
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 5;

    private final Figures figures = new Figures();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    @TempDir
    Path folder;

    @Test
    void readsOfAJob() throws Exception {
        LocalCloud.shared().exportToSystemProperties();
        LocalResources resources = LocalCloud.shared().newResources("-api-bench");
        ClipClient queue = new ClipClient(LocalCloud.shared(), resources);
        Instant start = PastFootage.shared().start().plusSeconds(1);
        String id = ClipClient.newId();
        queue.send(ClipClient.request(id, start, start.plusSeconds(1)).toString());
        Map<String, String> settings = Map.of(
                "API_RATE", "1000000",
                "API_BURST", "1000000",
                "LOG_LEVEL", "WARN",
                "CLIP_DOWNLOAD_DEST", folder.toString());
        try (ServiceProcess service = ServiceProcess.service(resources, settings);
                DynamoDbClient table = table()) {
            await().atMost(ClipClient.PATIENCE).until(() -> queue.jobStatus(id).equals("DONE"));
            HttpClient http = HttpClient.newHttpClient();
            HttpRequest look = HttpRequest.newBuilder(URI.create(service.api() + "/jobs/" + id))
                    .build();
            Callable<Boolean> overRest =
                    () -> http.send(look, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
            Callable<Boolean> bare = () -> table.getItem(r -> r.tableName(resources.jobsTable())
                            .key(Map.of("jobId", AttributeValue.fromS(id)))
                            .consistentRead(true))
                    .hasItem();
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                measure("api.get_item", bare, round >= 0);
                measure("api.get_job", overRest, round >= 0);
            }
        } finally {
            clients.shutdownNow();
        }
        figures.setRatio("api.p50_vs_get_item", "api.get_job.p50", "api.get_item.p50");
        figures.setRatio("api.p99_vs_get_item", "api.get_job.p99", "api.get_item.p99");
        figures.write(Path.of("target", "bench-api.csv"));
        print();
    }

    private static DynamoDbClient table() {
        return DynamoDbClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(CLIENTS))
                .build();
    }

    private void measure(String name, Callable<Boolean> request, boolean counts) throws Exception {
        List<Callable<List<Double>>> all = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            all.add(() -> times(request));
        }
        long start = System.nanoTime();
        List<Double> times = new ArrayList<>();
        for (Future<List<Double>> done : clients.invokeAll(all)) {
            times.addAll(done.get());
        }
        double wall = (System.nanoTime() - start) / 1e9;
        times.sort(null);
        if (counts) {
            figures.add(name + ".p50", times.get(times.size() / 2));
            figures.add(name + ".p99", times.get(times.size() * 99 / 100));
            figures.add(name + ".per_second", times.size() / wall);
        }
    }

    /** @return latencies in ms */
    private static List<Double> times(Callable<Boolean> request) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < REQUESTS_EACH; i++) {
            long start = System.nanoTime();
            if (!request.call()) {
                throw new IllegalStateException("a response without the job");
            }
            times.add((System.nanoTime() - start) / 1e6);
        }
        return times;
    }

    private void print() {
        System.out.println();
        System.out.println("| 100 concurrent clients | p50 ms | p99 ms | requests/s |");
        System.out.println("|---|---|---|---|");
        for (String name : List.of("api.get_job", "api.get_item")) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.0f |",
                    name.equals("api.get_job") ? "`GET /jobs/{id}`, 5 links signed" : "bare GetItem",
                    figures.median(name + ".p50"),
                    figures.median(name + ".p99"),
                    figures.median(name + ".per_second")));
        }
        System.out.println(String.format(
                Locale.ROOT,
                "p50 is %.2f, p99 is %.2f times that of a bare GetItem",
                figures.median("api.p50_vs_get_item"),
                figures.median("api.p99_vs_get_item")));
    }
}
