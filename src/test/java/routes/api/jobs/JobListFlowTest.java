package routes.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.jobs.JobCommands;
import routes.jobs.NewJob;
import routes.jobs.StoredJobs;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.ClipClient;
import routes.support.FlowTest;
import routes.support.LocalCloud;
import routes.support.LocalServices;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Pagination and filters of the job list. */
@FlowTest
class JobListFlowTest {
    private static final int MANY = 5_000;

    private final String camera = "list-" + UUID.randomUUID().toString().substring(0, 8);

    @LocalServerPort
    int port;

    @Autowired
    JobCommands orders;

    @Test
    void fiveThousandJobsArePagedWhileJobsAreAddedAndNoneIsSkippedOrRepeated() throws Exception {
        Instant first = Instant.now().minusSeconds(MANY);
        // many jobs have the same creation time, so that a page ends among equal sort keys
        addAll(MANY, i -> first.plusSeconds(i / 7));

        List<String> seen = new ArrayList<>();
        Set<String> added = new HashSet<>();
        String next = "";
        int pages = 0;
        do {
            Answer page = api().get("/jobs?limit=100&cameraId=" + camera + next);
            assertThat(page.status()).isEqualTo(200);
            page.body().path("jobs").forEach(job -> seen.add(job.path("jobId").asText()));
            next = page.body().has("next") ? "&next=" + page.body().path("next").asText() : null;
            added.add(add(Instant.now(), "added-" + pages));
            pages++;
        } while (next != null);

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen.stream().filter(id -> !added.contains(id)))
                .as("jobs that existed before the first page")
                .hasSize(MANY);
        assertThat(pages).isBetween(50, 53);
    }

    @Test
    void jobsAreListedByDayNewestFirstAndFilteredByStatus() {
        Instant longAgo = Instant.parse("2026-11-01T12:00:00Z");
        Instant base = Instant.now().minus(Duration.ofDays(3)).isAfter(longAgo)
                ? Instant.now().minus(Duration.ofDays(3))
                : Instant.now();
        String older = add(base.minus(Duration.ofDays(2)), "older");
        String newer = add(base, "newer");
        String cancelled = add(base.minusSeconds(60), "cancelled");
        orders.cancel(StoredJobs.find(cancelled).orElseThrow());

        assertThat(listed("/jobs?cameraId=" + camera)).containsExactly(newer, cancelled, older);
        assertThat(listed("/jobs?status=CANCELLED&cameraId=" + camera)).containsExactly(cancelled);
        assertThat(listed("/jobs?status=CANCELLED")).contains(cancelled).doesNotContain(newer, older);
        assertThat(listed("/jobs")).containsSubsequence(newer, cancelled, older);
        assertThat(listed("/jobs?cameraId=nobody")).isEmpty();
    }

    @Test
    void jobsOfSeveralStatusesAndOfAnIntervalAreListed() {
        Instant base = Instant.now().minusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
        String first = add(base, "first");
        String second = add(base.plusMillis(1), "second");
        String third = add(base.plusMillis(2), "third");
        orders.cancel(StoredJobs.find(second).orElseThrow());
        String ofCamera = "&cameraId=" + camera;

        assertThat(listed("/jobs?status=QUEUED,CANCELLED" + ofCamera)).containsExactly(third, second, first);
        assertThat(listed("/jobs?status=QUEUED,RUNNING&type=listed" + ofCamera)).containsExactly(third, first);
        assertThat(listed("/jobs?from=" + base.plusMillis(1) + ofCamera)).containsExactly(third, second);
        assertThat(listed("/jobs?to=" + base.plusMillis(1) + ofCamera)).containsExactly(first);
        assertThat(listed("/jobs?from=" + base.plusNanos(1) + "&to=" + base.plusMillis(2) + "&type=listed"))
                .containsExactly(second);
        assertThat(listed("/jobs?status=QUEUED&type=listed&from=" + base + "&to=" + base.plusMillis(1)))
                .containsExactly(first);
    }

    @Test
    void malformedFiltersAreNamed() {
        assertThat(api().get("/jobs?cameraId=a&inputFile=b").wrongFields()).containsExactly("inputFile");
        Answer status = api().get("/jobs?status=QUEUED,ASLEEP");
        Answer from = api().get("/jobs?from=yesterday");
        Answer reversed = api().get("/jobs?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z");
        Answer header = api().send("/jobs", request -> request.GET().setHeader("From", "someone@example.com"));

        assertThat(status.status()).isEqualTo(400);
        assertThat(status.wrongFields()).containsExactly("status");
        assertThat(api().get("/jobs?status=QUEUED&status=RUNNING").status()).isEqualTo(400);
        assertThat(api().get("/jobs?status=").status()).isEqualTo(400);
        assertThat(api().get("/jobs?status=QUEUED,").status()).isEqualTo(400);
        assertThat(api().get("/jobs?status=QUEUED,QUEUED").status()).isEqualTo(200);
        assertThat(from.status()).isEqualTo(400);
        assertThat(from.wrongFields()).containsExactly("from");
        assertThat(reversed.status()).isEqualTo(422);
        assertThat(reversed.wrongFields()).containsExactly("to");
        assertThat(header.status()).as("From is a header of HTTP too").isEqualTo(200);
    }

    @Test
    void aJobThatIsKeptNoLongerIsNotThere() {
        String gone = add(Instant.now(), "gone");
        orders.cancel(StoredJobs.find(gone).orElseThrow());
        LocalCloud.shared().dynamoDb().updateItem(r -> r.tableName(
                        LocalCloud.shared().resources().jobsTable())
                .key(java.util.Map.of("jobId", AttributeValue.fromS(gone)))
                .updateExpression("SET ExpirationTime = :past")
                .expressionAttributeValues(java.util.Map.of(
                        ":past",
                        AttributeValue.fromN(
                                Long.toString(Instant.now().minusSeconds(5).getEpochSecond())))));

        assertThat(listed("/jobs?cameraId=" + camera)).isEmpty();
        assertThat(api().get("/jobs/" + gone).status()).isEqualTo(404);
        assertThat(api().post("/jobs/" + gone + "/retry", "").status()).isEqualTo(404);
    }

    /** @return the ids of all pages */
    private List<String> listed(String path) {
        List<String> ids = new ArrayList<>();
        JsonNode page = api().get(path).body();
        while (true) {
            page.path("jobs").forEach(job -> ids.add(job.path("jobId").asText()));
            if (!page.has("next")) {
                return ids;
            }
            String separator = path.contains("?") ? "&" : "?";
            page = api().get(path + separator + "next=" + page.path("next").asText())
                    .body();
        }
    }

    private void addAll(int count, java.util.function.IntFunction<Instant> asked) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (var done : threads.invokeAll(IntStream.range(0, count)
                    .<java.util.concurrent.Callable<String>>mapToObj(
                            i -> () -> add(asked.apply(i), Integer.toString(i)))
                    .toList())) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** A job that is never sent within this test, so that no process works on it. */
    private String add(Instant asked, String name) {
        return orders.queue(new NewJob(
                        camera + "-" + name,
                        "listed",
                        camera,
                        null,
                        ClipClient.request(camera, asked, asked).toString(),
                        "{}",
                        0,
                        asked))
                .id();
    }

    private ApiClient api() {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token("lister"));
    }
}
