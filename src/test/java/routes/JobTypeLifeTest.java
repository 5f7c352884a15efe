package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import routes.jobs.JobStore;
import routes.jobs.NewJob;
import routes.jobs.QueuedJobType;
import routes.support.ApiClient;
import routes.support.ClipClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.OwnService;
import routes.support.SettableClock;
import routes.support.TestSettings;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The life cycle of a job of a type that the service does not include: it needs only a bean and a file of routes.
 * {@code -Djob.type} selects another type in the test tree with the structure of {@code routes.greeting}.
 */
class JobTypeLifeTest {
    private static final String TYPE = System.getProperty("job.type", "greeting");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalResources RESOURCES = OwnService.resources();
    private static OwnService service;

    private final LocalCloud cloud = LocalCloud.shared();
    private final ClipClient client = new ClipClient(cloud, RESOURCES);
    private final String id = TYPE + "-" + UUID.randomUUID();

    @BeforeAll
    static void start() throws ClassNotFoundException {
        String bean = "routes." + TYPE + "." + TYPE.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + TYPE.substring(1) + "JobType";
        service = OwnService.start(
                RESOURCES,
                Map.of("EXTRA_ROUTES", "src/test/resources/" + TYPE),
                Class.forName(bean),
                Class.forName(bean + "$Queue"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aMessageBecomesAnObjectAnEventAndAJob() throws Exception {
        send("", request("Ann", 0));

        JsonNode job = awaited("DONE");
        assertThat(job.path("type").asText()).isEqualTo(TYPE);
        assertThat(job.path("outcome").asText()).isEqualTo("GREETED");
        assertThat(job.path("progress").asInt()).isEqualTo(100);
        assertThat(job.path("request").path("whom").asText()).isEqualTo("Ann");
        assertThat(job.path("publications").toString())
                .isEqualTo("[{\"sink\":\"sns\",\"status\":\"ACCEPTED\",\"tries\":1}]");
        URI link = URI.create(job.path("result").path(TYPE).path("url").asText());
        assertThat(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofString())
                        .body())
                .isEqualTo("hello Ann");
        assertThat(client.heardOf(id).path("status").asText()).isEqualTo("GREETED");
        assertThat(api().get("/job-status/" + id)
                        .body()
                        .path("jobProcessedPayloadLink")
                        .asText())
                .contains(id);
        assertThat(ids(api().get("/jobs"))).contains(id);
        assertThat(ids(api().get("/jobs?status=FAILED"))).doesNotContain(id);
        assertThat(ids(api().get("/jobs?subject=Ann"))).contains(id);
        assertThat(ids(api().get("/jobs?type=" + TYPE + "&subject=Ann"))).contains(id);
        assertThat(ids(api().get("/jobs?type=clip"))).doesNotContain(id);
        assertThat(metrics()).contains("camclips_jobs_total{outcome=\"GREETED\",type=\"" + TYPE + "\"} ");
    }

    @Test
    void aJobWaitsAndGoesOn() {
        send("", request("Bob", 2));

        assertThat(awaited("WAITING").path("nextCheckAt").asText()).isNotEmpty();
        assertThat(awaited("DONE").path("waits").asInt()).isEqualTo(2);
    }

    @Test
    void aCancelRemovesStoredObjectsAndARetryStartsAgain() {
        send("", request("Cid", 3));
        awaited("WAITING");
        cloud.s3()
                .putObject(
                        r -> r.bucket(RESOURCES.clipsBucket()).key("greetings/" + id + ".txt"),
                        RequestBody.fromString("half"));

        assertThat(api().delete("/jobs/" + id).status()).isEqualTo(200);

        assertThat(awaited("CANCELLED").has("result")).isFalse();
        assertThat(client.objectsBelow("greetings/" + id)).isEmpty();
        assertThat(api().post("/jobs/" + id + "/retry", "").status()).isEqualTo(202);
        assertThat(awaited("DONE").path("run").asInt()).isEqualTo(2);
        assertThat(client.objectsBelow("greetings/" + id)).hasSize(1);
    }

    @Test
    void aPermanentFailureFailsTheJobWithItsReason() {
        send("", request("nobody", 0));

        JsonNode job = awaited("FAILED");
        assertThat(job.path("outcome").asText()).isEqualTo("REFUSED_TO_GREET");
        assertThat(job.path("error").path("message").asText()).isEqualTo("there is nobody");
        assertThat(client.heardOf(id).path("status").asText()).isEqualTo("REFUSED_TO_GREET");
    }

    @Test
    void aMessageThatCannotBeReadIsAnswered() {
        ObjectNode unreadable = request("x", 0);
        unreadable.remove("whom");
        send("", unreadable);

        assertThat(awaited("FAILED").path("error").path("message").asText()).contains("whom");
    }

    @Test
    void aDeadLetterIsAnswered() {
        send("-dead-letters", request("Dora", 0));

        assertThat(awaited("FAILED").path("error").path("message").asText()).isEqualTo("nobody was greeted");
    }

    @Test
    void theSweepTakesUpAJobWhoseMessageIsLost() {
        Instant past = Instant.now().minusSeconds(600);
        JobStore died = new JobStore(
                cloud.dynamoDb(),
                new SettableClock(past),
                TestSettings.with(Map.of("JOBS_TABLE", RESOURCES.jobsTable())));
        QueuedJobType type = service.bean(TYPE + "JobType", QueuedJobType.class);
        died.open(NewJob.of(type, type.read(request("Eve", 0).toString()), null, past));

        awaited("DONE");
    }

    private ObjectNode request(String whom, int waits) {
        return JSON.createObjectNode().put("id", id).put("whom", whom).put("waits", waits);
    }

    private void send(String queue, ObjectNode message) {
        String url = cloud.sqs().getQueueUrl(r -> r.queueName(TYPE + queue)).queueUrl();
        cloud.sqs().sendMessage(r -> r.queueUrl(url).messageBody(message.toString()));
    }

    private JsonNode awaited(String status) {
        return await().atMost(PATIENCE)
                .until(
                        () -> api().get("/jobs/" + id).body(),
                        job -> status.equals(job.path("status").asText()));
    }

    private static java.util.List<String> ids(ApiClient.Answer page) {
        return page.body().path("jobs").findValuesAsText("jobId");
    }

    private static String metrics() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + service.port("management") + "/observe/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static ApiClient api() {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + service.port("server")),
                LocalServices.tokens().token("life"));
    }
}
