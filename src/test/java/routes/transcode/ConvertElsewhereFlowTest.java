package routes.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import routes.support.ApiClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.LoggedLines;
import routes.support.MediaConvertServer;
import routes.support.OwnService;
import routes.support.TranscodeClient;
import routes.transcode.hls.Identical;
import routes.transcode.hls.StreamFilms;
import routes.transcode.play.HttpPlayer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Film in, MediaConvert beside it; stream, announcement and job out. */
@Tag("flow")
class ConvertElsewhereFlowTest {
    private static final LocalResources RESOURCES = OwnService.resources();
    private static final LocalCloud CLOUD = LocalCloud.shared();
    private static final MediaConvertServer ENGINE = CLOUD.mediaConvert();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Of {@code contracts/}. */
    private static final String SAMPLE_ID = "123456789012-smb6o7";

    private static OwnService service;
    private static ApiClient api;
    private static TranscodeClient client;

    private final String name = UUID.randomUUID().toString();
    private final String key = "uploads/" + name + "/a film.test.mp4";

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        service = OwnService.start(
                RESOURCES,
                Map.of(
                        "TRANSCODE_ENGINE",
                        "mediaconvert",
                        "TRANSCODE_ENGINES",
                        "mediaconvert",
                        "TRANSCODE_WORKERS",
                        "4",
                        "SQS_RETRY_PAUSE",
                        "1",
                        "JOBS_SWEEP",
                        "1"));
        api = api(service);
        client = new TranscodeClient(CLOUD, RESOURCES, api);
    }

    private static ApiClient api(OwnService of) {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + of.port("server")),
                LocalServices.tokens().token("transcode"));
    }

    @AfterEach
    void reset() {
        ENGINE.reset();
        LocalServices.clock().reset();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private JsonNode upload() {
        client.upload(key, UploadedFilms.film(name));
        return await("a conversion")
                .atMost(PATIENCE)
                .until(
                        () -> client.jobs(key),
                        jobs -> jobs.size() == 1 && !engineIds(id(jobs.get(0))).isEmpty())
                .get(0);
    }

    private static String id(JsonNode job) {
        return job.path("jobId").asText();
    }

    /** @return ids of the conversions of a job, newest first */
    private static List<String> engineIds(String jobId) {
        return ENGINE.jobs().stream()
                .filter(one -> one.at("/userMetadata/jobId").asText().equals(jobId))
                .map(one -> one.path("id").asText())
                .toList();
    }

    private static String waitingIn(String jobId) {
        return await("a waiting job")
                .atMost(PATIENCE)
                .until(
                        () -> item(jobId),
                        item -> item.containsKey("engineId")
                                && item.get("status").s().equals("WAITING"))
                .get("engineId")
                .s();
    }

    private static Map<String, AttributeValue> item(String jobId) {
        return CLOUD.dynamoDb()
                .getItem(r -> r.tableName(RESOURCES.jobsTable())
                        .key(Map.of("jobId", AttributeValue.fromS(jobId)))
                        .consistentRead(true))
                .item();
    }

    private static void send(String event) {
        CLOUD.sqs().sendMessage(r -> r.queueUrl(RESOURCES.transcodeEventsUrl()).messageBody(event));
    }

    private static String sample(String event) throws IOException {
        return new ClassPathResource("contracts/mediaconvert-" + event + ".json")
                .getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void aFilmBecomesAStreamThatPlays() throws Exception {
        ENGINE.pauseJobs();
        String id = id(upload());
        JsonNode half = await().atMost(PATIENCE)
                .until(
                        () -> api.get("/jobs/" + id).body(),
                        job -> job.path("progress").asInt() == 45);
        assertThat(half.path("status").asText()).isEqualTo("WAITING");
        ENGINE.resumeJobs();

        JsonNode job = client.awaitedJob(id, "DONE");
        String prefix = "transcodes/" + id + "/1/";
        JsonNode result = job.path("result");
        assertThat(result.path("durationMs").asLong()).isBetween(900L, 1100L);
        assertThat(result.path("widthPx").asInt()).isEqualTo(640);
        awaitFormat(id);
        assertThat(result.path("outputPath").asText()).isEqualTo(prefix);
        assertThat(result.at("/playlists/m3u8/key").asText()).isEqualTo(prefix + "master.m3u8");
        assertThat(client.objects(id)).contains(prefix + "master.m3u8", prefix + "key.key", prefix + "info.json");
        assertThat(client.object(prefix + "key.key"))
                .isEqualTo(client.key(id).get("key").b().asByteArray());
        assertThat(client.heardOf(id)).singleElement().satisfies(document -> assertThat(
                        document.path("status").asText())
                .isEqualTo("STREAM_AVAILABLE"));
        assertThat(job.path("steps").findValuesAsText("name"))
                .containsExactly("opened", "conversion requested", "waiting", "finished", "decided", "published");
        assertPlays(api, id);
    }

    private void assertPlays(ApiClient of, String jobId) throws Exception {
        String link = of.post("/jobs/" + jobId + "/playlist-token", "")
                .body()
                .path("url")
                .asText();
        URI master = of.get(link).response().uri();
        HttpPlayer player = new HttpPlayer();
        List<URI> renditions = player.renditions(master);
        assertThat(renditions).hasSize(2);
        for (URI rendition : renditions) {
            assertThat(Identical.to(StreamFilms.spec(), UploadedFilms.FRAMES, player.download(rendition, folder)))
                    .as("%s", rendition)
                    .isEmpty();
        }
        assertThat(player.answers()).allSatisfy(answer -> assertThat(
                        answer.headers().firstValue("Content-Type").orElse(""))
                .matches("application/vnd\\.apple\\.mpegurl|text/plain.*"));
    }

    @Test
    void aConversionIsSearchedForBeforeItIsCreated() {
        String id = id(upload());
        client.awaitedJob(id, "DONE");

        assertThat(ENGINE.calls()).containsSubsequence("searchJobs", "createJob");
        JsonNode created = ENGINE.jobs().stream()
                .filter(one -> one.at("/userMetadata/jobId").asText().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(created.at("/userMetadata/run").asText()).isEqualTo("1");
        assertThat(created.path("clientRequestToken").asText()).isEqualTo(id + "-1");
        assertThat(created.path("statusUpdateInterval").asText()).isEqualTo("SECONDS_10");
    }

    private static List<List<Integer>> orders() {
        List<List<Integer>> all = new ArrayList<>();
        permute(new ArrayList<>(List.of(0, 1, 2, 3)), 0, all);
        return all;
    }

    private static void permute(List<Integer> some, int from, List<List<Integer>> all) {
        if (from == some.size()) {
            all.add(List.copyOf(some));
        }
        for (int i = from; i < some.size(); i++) {
            Collections.swap(some, from, i);
            permute(some, from + 1, all);
            Collections.swap(some, from, i);
        }
    }

    @Test
    void everyOrderOfFourEventsEachTwiceMakesOneStream() {
        ENGINE.events().hold();
        List<String> statuses = List.of("PROGRESSING", "INPUT_INFORMATION", "STATUS_UPDATE", "COMPLETE");
        List<List<Integer>> orders = orders();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            String film = "uploads/" + name + "/" + i + ".mp4";
            client.upload(film, UploadedFilms.film(name + i));
            ids.add(id(await().atMost(PATIENCE)
                    .until(() -> client.jobs(film), jobs -> jobs.size() == 1)
                    .get(0)));
        }
        for (int i = 0; i < orders.size(); i++) {
            String engineId = waitingIn(ids.get(i));
            List<JsonNode> held = await().atMost(PATIENCE)
                    .until(() -> ENGINE.events().held(engineId), events -> events.stream()
                            .anyMatch(
                                    event -> event.at("/detail/status").asText().equals("COMPLETE")));
            List<JsonNode> sent = orders.get(i).stream()
                    .map(event -> held.stream()
                            .filter(one -> one.at("/detail/status").asText().equals(statuses.get(event)))
                            .findFirst()
                            .orElseThrow())
                    .toList();
            sent.forEach(ENGINE.events()::send);
            sent.forEach(ENGINE.events()::send);
        }
        for (String id : ids) {
            JsonNode job = client.awaitedJob(id, "DONE");
            assertThat(engineIds(id)).hasSize(1);
            awaitFormat(id);
            assertThat(job.path("run").asInt()).isEqualTo(1);
            assertThat(client.heardOf(id)).hasSize(1);
        }
    }

    @Test
    void eventsBeforeTheAnswerOfCreateJobWait() {
        ENGINE.delayAnswers(Duration.ofSeconds(4));

        String id = id(upload());

        client.awaitedJob(id, "DONE");
        assertThat(engineIds(id)).hasSize(1);
    }

    @Test
    void aLostAnswerOfCreateJobMakesNoSecondConversion() {
        ENGINE.loseNext(4);

        String id = id(upload());

        client.awaitedJob(id, "DONE");
        assertThat(engineIds(id)).hasSize(1);
        assertThat(item(id).get("engineId").s()).isEqualTo(engineIds(id).get(0));
        awaitFormat(id);
    }

    private static void awaitFormat(String jobId) {
        // may be heard after the end
        await().atMost(PATIENCE).until(() -> api.get("/jobs/" + jobId)
                .body()
                .at("/result/film/codec")
                .asText()
                .equals("H_264"));
    }

    /** @param times more than the client of AWS repeats by itself */
    @ParameterizedTest
    @CsvSource({"402, 1", "409, 1", "429, 4", "500, 4"})
    void aRequestThatMayPassIsTriedAgain(int status, int times) {
        ENGINE.failNext("createJob", times, status);
        client.upload(key, UploadedFilms.film(name));

        String id = id(client.awaited(key, "DONE"));
        assertThat(engineIds(id)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "createJob, 400",
        "createJob, 403",
        "createJob, 404",
        "searchJobs, 400",
        "searchJobs, 403",
        "searchJobs, 404"
    })
    void aRequestThatIsRefusedFailsTheJobAtOnce(String operation, int status) {
        ENGINE.failNext(operation, 1, status);
        client.upload(key, UploadedFilms.film(name));

        JsonNode job = client.awaited(key, "FAILED");
        assertThat(job.at("/error/code").asText()).isEqualTo("STREAM_FAILED");
        assertThat(job.at("/error/message").asText()).startsWith("MediaConvert refused the film");
        assertThat(client.key(id(job))).isEmpty();
    }

    @Test
    void aLostEndIsAskedFor() {
        ENGINE.events().drop("COMPLETE");
        String id = id(upload());
        String engineId = waitingIn(id);
        await().atMost(PATIENCE).until(() -> ENGINE.jobs().stream()
                .anyMatch(one -> one.path("id").asText().equals(engineId)
                        && one.path("status").asText().equals("COMPLETE")));
        await().atMost(PATIENCE)
                .until(() -> api.get("/jobs/" + id).body().path("progress").asInt() == 90);
        assertThat(ENGINE.calls()).doesNotContain("getJob " + engineId);

        try (LoggedLines log = LoggedLines.record()) {
            LocalServices.clock().advance(Duration.ofMinutes(6));

            client.awaitedJob(id, "DONE");
            assertThat(log.lines()).contains(id + " 90 %: opened").doesNotContain(id + " 1 %: opened");
        }
        assertThat(ENGINE.calls()).contains("getJob " + engineId);
    }

    /** The role is to be mended by an operator; the conversion goes on meanwhile. */
    @Test
    void aQuestionThatIsForbiddenIsAskedAgain() {
        ENGINE.events().drop("COMPLETE");
        String id = id(upload());
        String engineId = waitingIn(id);
        await().atMost(PATIENCE).until(() -> ENGINE.jobs().stream()
                .anyMatch(one -> one.path("id").asText().equals(engineId)
                        && one.path("status").asText().equals("COMPLETE")));
        ENGINE.failNext("getJob", 1, 403);

        LocalServices.clock().advance(Duration.ofMinutes(6));
        await().atMost(PATIENCE).until(() -> ENGINE.calls().contains("getJob " + engineId));
        waitingIn(id);
        LocalServices.clock().advance(Duration.ofMinutes(6));

        client.awaitedJob(id, "DONE");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void aConversionThatIsGoneFailsTheJob(int status) {
        ENGINE.pauseJobs();
        String id = id(upload());
        waitingIn(id);
        ENGINE.failNext("getJob", 1, status);

        LocalServices.clock().advance(Duration.ofMinutes(6));

        assertThat(client.awaitedJob(id, "FAILED").at("/error/message").asText())
                .isEqualTo("MediaConvert no longer knows the conversion");
    }

    @Test
    void aConversionThatGoesOnWithoutEventsIsAskedForAndWaitsAgain() {
        ENGINE.events().drop("PROGRESSING", "INPUT_INFORMATION", "STATUS_UPDATE", "COMPLETE");
        ENGINE.pauseJobs();
        String id = id(upload());
        waitingIn(id);

        LocalServices.clock().advance(Duration.ofMinutes(6));

        await().atMost(PATIENCE)
                .until(
                        () -> api.get("/jobs/" + id).body(),
                        job -> job.path("progress").asInt() == 45
                                && job.path("status").asText().equals("WAITING"));
        ENGINE.resumeJobs();
        LocalServices.clock().advance(Duration.ofMinutes(6));
        client.awaitedJob(id, "DONE");
    }

    /** @param lost answers of CreateJob */
    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    @Tag("full")
    void anErrorLeavesNothingAlsoNotWhatIsStoredLate(int lost) {
        ENGINE.loseNext(lost);
        ENGINE.failJobs(
                1010,
                "Unable to open input file [s3://" + RESOURCES.uploadBucket() + "/" + key + "] with role "
                        + LocalResources.MEDIACONVERT_ROLE);
        ENGINE.storeLate();

        String id = id(upload());

        JsonNode job = client.awaitedJob(id, "FAILED");
        assertThat(job.path("outcome").asText()).isEqualTo("STREAM_FAILED");
        assertThat(job.at("/error/code").asText()).isEqualTo("1010");
        assertThat(job.at("/error/message").asText())
                .isEqualTo("the film cannot be opened: Unable to open input file [a film.test.mp4] with role …");
        assertThat(client.heardOf(id)).singleElement().satisfies(document -> assertThat(
                        document.at("/result/errorCode").asText())
                .isEqualTo("1010"));
        assertThat(client.key(id)).isEmpty();
        await("a removal after a minute")
                .atMost(Duration.ofSeconds(100))
                .until(() -> client.objects(id).isEmpty() && eventsWaiting() == 0);
    }

    /** @return messages of the queue of events, delayed ones included */
    private static int eventsWaiting() {
        return CLOUD
                .sqs()
                .getQueueAttributes(
                        r -> r.queueUrl(RESOURCES.transcodeEventsUrl()).attributeNamesWithStrings("All"))
                .attributesAsStrings()
                .entrySet()
                .stream()
                .filter(one -> one.getKey().startsWith("ApproximateNumberOfMessages"))
                .mapToInt(one -> Integer.parseInt(one.getValue()))
                .sum();
    }

    @ParameterizedTest
    @CsvSource({"status-update, WAITING, 70", "complete, DONE, 100", "error, FAILED, 100"})
    void theSampleEventsGiveTheDocumentedStates(String event, String status, int progress) throws IOException {
        ENGINE.events().hold();
        ENGINE.pauseJobs();
        String id = id(upload());
        waitingIn(id);
        CLOUD.dynamoDb().updateItem(r -> r.tableName(RESOURCES.jobsTable())
                .key(Map.of("jobId", AttributeValue.fromS(id)))
                .updateExpression("SET engineId = :id")
                .expressionAttributeValues(Map.of(":id", AttributeValue.fromS(SAMPLE_ID))));

        send(sample(event));

        JsonNode job = await().atMost(PATIENCE)
                .until(
                        () -> api.get("/jobs/" + id).body(),
                        one -> one.path("status").asText().equals(status)
                                && one.path("progress").asInt() == progress);
        if (event.equals("complete")) {
            assertThat(job.at("/result/durationMs").asInt()).isEqualTo(596_458);
            assertThat(job.at("/result/widthPx").asInt()).isEqualTo(1280);
        } else if (event.equals("error")) {
            assertThat(job.at("/error/code").asText()).isEqualTo("1010");
            assertThat(job.at("/error/message").asText()).doesNotContain("s3://", "example-bucket");
        } else {
            api.delete("/jobs/" + id);
        }
        CLOUD.dynamoDb().updateItem(r -> r.tableName(RESOURCES.jobsTable())
                .key(Map.of("jobId", AttributeValue.fromS(id)))
                .updateExpression("REMOVE engineId"));
    }

    @Test
    void aCancelEndsTheConversionAndLateEventsChangeNothing() {
        ENGINE.pauseJobs();
        ENGINE.storeLate();
        String id = id(upload());
        String engineId = waitingIn(id);
        assertThat(client.key(id)).isNotEmpty();

        assertThat(api.delete("/jobs/" + id).status()).isEqualTo(200);

        assertThat(ENGINE.calls()).contains("cancelJob " + engineId);
        assertThat(client.key(id)).isEmpty();
        for (String status : List.of("STATUS_UPDATE", "COMPLETE", "ERROR")) {
            ENGINE.events().send(ENGINE.event(engineId, status));
        }
        assertThat(api.post("/jobs/" + id + "/retry", "").status()).isEqualTo(202);
        String second = await().atMost(PATIENCE).until(() -> waitingIn(id), other -> !other.equals(engineId));
        for (String status : List.of("STATUS_UPDATE", "COMPLETE", "ERROR", "CANCELED")) {
            ENGINE.events().send(ENGINE.event(engineId, status));
        }
        ENGINE.resumeJobs();

        JsonNode job = client.awaitedJob(id, "DONE");
        assertThat(engineIds(id)).containsExactly(second, engineId);
        assertThat(job.path("run").asInt()).isEqualTo(2);
        assertThat(client.objects(id)).allMatch(object -> object.startsWith("transcodes/" + id + "/2/"));
    }

    @Test
    void anEndWithoutOutputsFailsTheJob() {
        ENGINE.pauseJobs();
        String id = id(upload());

        ENGINE.events().send(ENGINE.event(waitingIn(id), "COMPLETE"));

        JsonNode job = client.awaitedJob(id, "FAILED");
        assertThat(job.at("/error/code").asText()).isEqualTo("STREAM_FAILED");
        assertThat(job.at("/error/message").asText()).isEqualTo("MediaConvert has made no output of the film");
        assertThat(client.objects(id)).isEmpty();
    }

    /** Whoever may create jobs in MediaConvert may name any job of ours. */
    @ParameterizedTest
    @CsvSource({"type, clip", "request, '{\"engine\":\"ffmpeg\"}'"})
    void anEventThatNamesAnotherJobStopsNothing(String attribute, String value) {
        ENGINE.pauseJobs();
        String id = id(upload());
        String engineId = waitingIn(id);
        Map<String, AttributeValue> foreign = new HashMap<>(item(id));
        foreign.put("jobId", AttributeValue.fromS(name));
        foreign.put("status", AttributeValue.fromS("CANCELLED"));
        foreign.put(attribute, AttributeValue.fromS(value));
        foreign.keySet().removeAll(List.of("engineId", "open", "dueAt"));
        CLOUD.dynamoDb().putItem(r -> r.tableName(RESOURCES.jobsTable()).item(foreign));

        try (LoggedLines log = LoggedLines.record()) {
            for (String status : List.of("STATUS_UPDATE", "COMPLETE")) {
                ObjectNode event = ENGINE.event(engineId, status);
                ((ObjectNode) event.at("/detail/userMetadata")).put("jobId", name);
                ENGINE.events().send(event);
            }
            await().atMost(PATIENCE)
                    .until(() -> log.lines().stream()
                                    .filter(line -> line.contains(name + ": an event of MediaConvert is dropped"))
                                    .count()
                            == 2);
        }
        assertThat(ENGINE.calls()).doesNotContain("cancelJob " + engineId);
        ENGINE.resumeJobs();
        client.awaitedJob(id, "DONE");
    }

    @Test
    void anOldEventWithoutMetadataIsDropped() {
        ENGINE.pauseJobs();
        String id = id(upload());
        String old = waitingIn(id);
        api.delete("/jobs/" + id);
        assertThat(api.post("/jobs/" + id + "/retry", "").status()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> waitingIn(id), other -> !other.equals(old));

        try (LoggedLines log = LoggedLines.record()) {
            ENGINE.events().send(withoutMetadata(ENGINE.event(old, "ERROR")));
            ObjectNode ofNobody = withoutMetadata(ENGINE.event(old, "COMPLETE"));
            ((ObjectNode) ofNobody.path("detail")).put("jobId", "1-" + name);
            send(ofNobody.toString());

            await().atMost(PATIENCE).until(() -> ENGINE.calls().contains("getJob " + old));
            await().atMost(PATIENCE)
                    .until(() -> log.lines().stream().anyMatch(line -> line.contains("job 1-" + name + " is dropped")));
            assertThat(log.lines()).noneMatch(line -> line.contains("no job is known for job " + old));
        }
        ENGINE.resumeJobs();
        assertThat(client.awaitedJob(id, "DONE").path("run").asInt()).isEqualTo(2);
    }

    private static ObjectNode withoutMetadata(ObjectNode event) {
        ((ObjectNode) event.path("detail")).remove("userMetadata");
        return event;
    }

    @Test
    void aCancelThatMediaConvertThrottlesIsAnsweredSoon() {
        ENGINE.pauseJobs();
        String id = id(upload());
        String engineId = waitingIn(id);
        ENGINE.failNext("cancelJob", 20, 429);

        long start = System.nanoTime();
        assertThat(api.delete("/jobs/" + id).status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(client.objects(id)).isEmpty();

        await("a cancel by an event").atMost(PATIENCE).until(() -> {
            ENGINE.events().send(ENGINE.event(engineId, "STATUS_UPDATE"));
            return ENGINE.jobs().stream()
                    .anyMatch(one -> one.path("id").asText().equals(engineId)
                            && one.path("status").asText().equals("CANCELED"));
        });
    }

    /** @param path of TRANSCODE_PATH; the earlier form does not tell the prefix of an earlier run */
    @ParameterizedTest
    @ValueSource(strings = {"transcodes/{jobId}/{attempt}/", "{input}_{yyyyMMddHHmmss}/"})
    void anEarlierRunWhoseCancelWasThrottledIsCancelledAndCleaned(String path) {
        LocalResources resources = OwnService.resources();
        ENGINE.pauseJobs();
        Map<String, String> settings =
                Map.of("TRANSCODE_ENGINE", "mediaconvert", "TRANSCODE_PATH", path, "SQS_RETRY_PAUSE", "1");
        try (OwnService own = OwnService.start(resources, settings)) {
            ApiClient itsApi = api(own);
            TranscodeClient itsClient = new TranscodeClient(CLOUD, resources, itsApi);
            itsClient.upload(key, UploadedFilms.film(name));
            String id = id(itsClient.awaited(key, "WAITING"));
            String first = engineIds(id).get(0);
            String destination = destination(first);
            // as often as the client of AWS tries
            ENGINE.failNext("cancelJob", 4, 429);
            assertThat(itsApi.delete("/jobs/" + id).status()).isEqualTo(200);
            assertThat(itsApi.post("/jobs/" + id + "/retry", "").status()).isEqualTo(202);
            await().atMost(PATIENCE).until(() -> engineIds(id).size() == 2);
            String late = destination.substring(0, destination.lastIndexOf('/') + 1) + "late.ts";
            CLOUD.s3()
                    .putObject(
                            r -> r.bucket(resources.clipsBucket()).key(late),
                            RequestBody.fromString("stored before the cancel"));

            ENGINE.events().send(ENGINE.event(first, "STATUS_UPDATE"));

            await("a cancel by an event of the earlier run").atMost(PATIENCE).until(() -> ENGINE.jobs().stream()
                    .anyMatch(one -> one.path("id").asText().equals(first)
                            && one.path("status").asText().equals("CANCELED")));
            ENGINE.resumeJobs();
            JsonNode job = itsClient.awaited(key, "DONE");
            assertThat(job.path("run").asInt()).isEqualTo(2);
            // at the event, and a minute later
            await("a removal by the event CANCELED")
                    .atMost(PATIENCE.multipliedBy(3))
                    .until(() -> CLOUD.s3()
                                    .listObjectsV2(r ->
                                            r.bucket(resources.clipsBucket()).prefix(late))
                                    .keyCount()
                            == 0);
            String prefix = job.at("/result/outputPath").asText();
            assertThat(itsClient.object(job.at("/result/playlists/m3u8/key").asText()))
                    .as("below %s", prefix)
                    .isNotEmpty();
        }
    }

    /** @return without the bucket */
    private static String destination(String engineId) {
        return ENGINE.jobs().stream()
                .filter(one -> one.path("id").asText().equals(engineId))
                .map(one -> one.at("/settings/outputGroups/0/outputGroupSettings/hlsGroupSettings/destination")
                        .asText())
                .map(destination -> destination.replaceFirst("s3://[^/]+/", ""))
                .findFirst()
                .orElseThrow();
    }

    /** By then the removal that a cancel plans may be over. */
    @Test
    void aConversionThatEndsAfterItsJobIsCleanedAgainToo() {
        LocalResources resources = OwnService.resources();
        ENGINE.pauseJobs();
        try (OwnService own = OwnService.start(resources, Map.of("TRANSCODE_ENGINE", "mediaconvert"))) {
            ApiClient itsApi = api(own);
            TranscodeClient itsClient = new TranscodeClient(CLOUD, resources, itsApi);
            itsClient.upload(key, UploadedFilms.film(name));
            String id = id(itsClient.awaited(key, "WAITING"));

            assertThat(itsApi.delete("/jobs/" + id).status()).isEqualTo(200);

            await("a removal by the cancel, another by the event CANCELED")
                    .atMost(PATIENCE)
                    .until(() -> delayedRemovals(resources), removals -> removals == 2);
        }
    }

    private static int delayedRemovals(LocalResources resources) {
        return Integer.parseInt(CLOUD.sqs()
                .getQueueAttributes(r -> r.queueUrl(resources.transcodeEventsUrl())
                        .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                .attributes()
                .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
    }

    @Test
    void aCancelInMediaConvertFailsTheJob() {
        ENGINE.pauseJobs();
        String id = id(upload());
        String engineId = waitingIn(id);

        ENGINE.events().send(ENGINE.event(engineId, "CANCELED"));

        JsonNode job = client.awaitedJob(id, "FAILED");
        assertThat(job.at("/error/message").asText()).isEqualTo("the conversion was cancelled in MediaConvert");
        assertThat(client.objects(id)).isEmpty();
    }

    @Test
    void aFileThatIsNoFilmIsNotSent() {
        int before = ENGINE.jobs().size();
        client.upload("uploads/" + name + ".txt", "Dear reader".getBytes(StandardCharsets.UTF_8));

        JsonNode job = client.awaited("uploads/" + name + ".txt", "FAILED");
        assertThat(job.path("outcome").asText()).isEqualTo("NOT_A_FILM");
        assertThat(ENGINE.jobs()).hasSize(before);
    }

    @Test
    void anEngineThatRequestsMayNotNameIsRefused() {
        client.upload(key, UploadedFilms.film(name));

        ApiClient.Answer answer = api.post("/transcodes", "{\"inputFile\":\"" + key + "\",\"engine\":\"ffmpeg\"}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.wrongFields()).containsExactly("engine");
        assertThat(api.post("/transcodes", "{\"inputFile\":\"" + key + "\",\"engine\":\"mediaconvert\"}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void withoutMediaConvertItsJobsWaitForARolloutThenFailAndAreNotTriedAgain() {
        LocalResources resources = OwnService.resources();
        ENGINE.pauseJobs();
        String id;
        try (OwnService before = OwnService.start(resources, Map.of("TRANSCODE_ENGINE", "mediaconvert"))) {
            TranscodeClient itsClient = new TranscodeClient(CLOUD, resources, api(before));
            itsClient.upload(key, UploadedFilms.film(name));
            id = id(itsClient.awaited(key, "WAITING"));
        }
        Map<String, String> without = Map.of("TRANSCODE_ENGINES", "ffmpeg", "SQS_RETRY_PAUSE", "1", "JOBS_SWEEP", "1");
        try (OwnService after = OwnService.start(resources, without)) {
            ApiClient itsApi = api(after);
            TranscodeClient itsClient = new TranscodeClient(CLOUD, resources, itsApi);

            try (LoggedLines log = LoggedLines.record()) {
                LocalServices.clock().advance(Duration.ofMinutes(6));
                await().atMost(PATIENCE).until(() -> log.lines().stream()
                        .anyMatch(line -> line.contains(id + ": MediaConvert is not configured in this process")));
            }
            assertThat(itsApi.get("/jobs/" + id).body().path("status").asText()).isNotEqualTo("FAILED");
            LocalServices.clock().advance(Duration.ofMinutes(10));

            JsonNode job = itsClient.awaitedJob(id, "FAILED");
            assertThat(job.at("/error/message").asText())
                    .isEqualTo("its engine, MediaConvert, is not configured any more");
            ApiClient.Answer retry = itsApi.post("/jobs/" + id + "/retry", "");
            assertThat(retry.status()).isEqualTo(409);
            assertThat(retry.body().path("detail").asText()).contains("MediaConvert, is not configured any more");
            assertThat(itsClient.deadLetters()).isZero();
        }
    }

    /** TRANSCODE_PATH is changed before MediaConvert's answer arrives. */
    @Test
    void aStreamStaysBelowThePrefixThatMediaConvertWasGiven() {
        LocalResources resources = OwnService.resources();
        Map<String, String> settings = Map.of("TRANSCODE_ENGINE", "mediaconvert", "SQS_RETRY_PAUSE", "1");
        ENGINE.pauseJobs();
        ENGINE.loseNext(1000);
        String id;
        try (OwnService before = OwnService.start(resources, settings)) {
            TranscodeClient itsClient = new TranscodeClient(CLOUD, resources, api(before));
            itsClient.upload(key, UploadedFilms.film(name));
            id = id(await().atMost(PATIENCE)
                    .until(
                            () -> itsClient.jobs(key),
                            jobs -> jobs.size() == 1
                                    && !engineIds(id(jobs.get(0))).isEmpty())
                    .get(0));
        }
        ENGINE.reset();
        Map<String, String> changed = new HashMap<>(settings);
        changed.put("TRANSCODE_PATH", "{input}_{yyyyMMddHHmmss}/");
        try (OwnService after = OwnService.start(resources, changed)) {
            TranscodeClient itsClient = new TranscodeClient(CLOUD, resources, api(after));

            JsonNode job = itsClient.awaitedJob(id, "DONE");
            String prefix = "transcodes/" + id + "/1/";
            assertThat(job.at("/result/outputPath").asText()).isEqualTo(prefix);
            assertThat(itsClient.objects(id)).contains(prefix + "master.m3u8", prefix + "key.key");
            assertThat(engineIds(id)).hasSize(1);
        }
    }

    @Test
    void thePathOfTheEarlierSystemIsMadeAndPlayed() throws Exception {
        LocalResources resources = OwnService.resources();
        Map<String, String> settings =
                Map.of("TRANSCODE_ENGINE", "mediaconvert", "TRANSCODE_PATH", "{input}_{yyyyMMddHHmmss}/");
        try (OwnService earlier = OwnService.start(resources, settings)) {
            ApiClient itsApi = api(earlier);
            TranscodeClient itsClient = new TranscodeClient(CLOUD, resources, itsApi);
            String odd = "uploads/" + name + "/a film; 100%.test.mp4";
            itsClient.upload(odd, UploadedFilms.film(name));

            JsonNode job = itsClient.awaited(odd, "DONE");
            String prefix = job.at("/result/outputPath").asText();
            assertThat(prefix).matches(name + "/a film; 100%\\.test\\.mp4_\\d{14}/");
            assertThat(job.at("/result/playlists/m3u8/key").asText()).isEqualTo(prefix + "a film; 100%.test.m3u8");
            assertThat(itsClient.object(prefix + "a film; 100%.test.key")).hasSize(16);
            assertPlays(itsApi, id(job));
        }
    }
}
