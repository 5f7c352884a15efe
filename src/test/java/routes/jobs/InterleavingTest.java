package routes.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Metrics;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.sqs.Sqs2Consumer;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import routes.CamclipsApplication;
import routes.support.ApiClient;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.HandDriven;
import routes.support.HandQueue;
import routes.support.LocalCloud;
import routes.support.LocalServices;
import routes.support.PastFootage;
import routes.support.SimulatedRecording;
import routes.support.StepBreaker;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Messages are delivered twice, late or out of order, leases lapse, processes die or block: a job ends once, with one
 * stored clip, and all its documents are the same.
 */
@CamelSpringBootTest
@SpringBootTest(classes = CamclipsApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = HandDriven.class)
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class InterleavingTest {
    private static final int ROUNDS = 80;
    private static final List<Integer> PAUSES = List.of(1, 5, 21, 61, 121, 400, 1000);
    private static final Duration LEASE_AND_MORE = Duration.ofSeconds(61);
    private static final Set<String> TERMINAL = Set.of("DONE", "FAILED");

    private final HandQueue queue = HandDriven.queue();
    private final StepBreaker breaker = HandDriven.breaker();
    private final ClipClient client = HandDriven.client();
    private final CameraApi cameras = LocalServices.cameras();
    private final List<String> story = new ArrayList<>();
    private String clipId;

    @Autowired
    CamelContext camel;

    @Autowired
    LeaseRegistry leases;

    @LocalServerPort
    int port;

    private Sqs2Consumer consumer;
    private Instant footage;
    private boolean listed;
    private boolean listedBefore;
    private List<String> steps;

    /** Each test has its own clip. An undisturbed run determines the steps of a clip. */
    @BeforeEach
    void begin() throws Exception {
        takeOver();
        listFootage();
        request();
        steps = breaker.run(() -> receive(queue.lying().get(0)));
        endsWell();
        takeOver();
    }

    private void takeOver() throws Exception {
        clipId = ClipClient.newId();
        listed = false;
        listedBefore = false;
        story.clear();
        for (String timed : List.of("job-sweep", "leases")) {
            // the test sweeps and renews leases itself
            if (camel.getRouteController().getRouteStatus(timed).isStarted()) {
                camel.getRouteController().suspendRoute(timed);
            }
        }
        consumer = (Sqs2Consumer) camel.getRoute("clip").getConsumer();
        footage = PastFootage.shared().start();
        HandDriven.setClock(footage.plusSeconds(60));
        queue.clear();
        cameras.addCamera(clipId, clipId);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyOrderOfEventsLeadsToOneOutcome(long seed) {
        Random random = new Random(seed);
        if (random.nextInt(3) > 0) {
            listFootage();
        }
        request();
        if (random.nextInt(3) == 0) {
            request();
        }
        for (int i = 0; i < 8; i++) {
            happens(random, 2);
        }
        endsWell();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 25);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("moreSeeds")
    void manyMoreOrdersEndInOneOutcome(long seed) {
        anyOrderOfEventsLeadsToOneOutcome(seed);
    }

    static LongStream moreSeeds() {
        return LongStream.rangeClosed(26, 175);
    }

    @TestFactory
    Stream<DynamicTest> aProcessMayDieBeforeAnyStep() {
        return everyFourth(step -> {
            breaker.dieAt(step, () -> receive(queue.lying().get(0)));
            story.add("died before " + breaker.lastBreak());
            endsWell();
        });
    }

    @TestFactory
    Stream<DynamicTest> aProcessMayOversleepItsLeaseBeforeAnyLateStep() {
        return IntStream.range(steps.indexOf("cut"), steps.size())
                .filter(step -> step % 3 == 0)
                .mapToObj(step -> before(step, () -> {
                    request();
                    Message first = queue.lying().get(0);
                    Message second = queue.lying().get(1);
                    Runnable meanwhile = () -> {
                        passes(LEASE_AND_MORE);
                        breaker.run(() -> receive(second));
                    };
                    breaker.standStillAt(step, meanwhile, () -> receive(first));
                    story.add("overslept before " + breaker.lastBreak());
                    endsWell();
                }));
    }

    @TestFactory
    Stream<DynamicTest> aJobMayBeCancelledBeforeAnyStep() {
        return everyFourth(this::cancelledBefore);
    }

    private void cancelledBefore(int step) {
        AtomicInteger answer = new AtomicInteger();
        Runnable meanwhile = () -> answer.set(api().delete("/jobs/" + clipId).status());
        breaker.standStillAt(step, meanwhile, () -> receive(queue.lying().get(0)));
        story.add("cancelled before " + breaker.lastBreak() + ": " + answer);
        if (answer.get() != 200) {
            // the job does not exist yet, or is already decided
            endsWell();
            return;
        }
        endsCancelled();
    }

    /** A job that is cancelled while any failure occurs ends as cancelled, without an error in the log. */
    @TestFactory
    Stream<DynamicTest> aCancelThatMeetsAFailingAttemptResultsAsACancel() {
        return Stream.of(
                        List.of("list-recordings", 503),
                        List.of("list-recordings", 429),
                        List.of("list-recordings", 400))
                .map(failure -> DynamicTest.dynamicTest("before " + failure.get(0) + ": " + failure.get(1), () -> {
                    takeOver();
                    listFootage();
                    request();
                    cameras.failNext("/cameras/recording/" + clipId, (Integer) failure.get(1), 1);
                    Runnable meanwhile = () ->
                            assertThat(api().delete("/jobs/" + clipId).status()).isEqualTo(200);
                    int step = steps.indexOf(failure.get(0));
                    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
                    ListAppender<ILoggingEvent> log = new ListAppender<>();
                    log.start();
                    root.addAppender(log);
                    breaker.standStillAt(
                            step, meanwhile, () -> receive(queue.lying().get(0)));
                    root.detachAppender(log);
                    assertThat(log.list)
                            .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                            .isEmpty();
                    endsCancelled();
                }));
    }

    @Test
    void aSinkThatTookTheDocumentIsNotSentItAgainWhenAnotherOneFails() throws Exception {
        double resent = resent();
        takeOver();
        listFootage();
        request();
        LocalCloud.shared().snsServer().failNext(4);

        comesToRest();

        assertThat(cameras.puts(clipId)).hasSize(1);
        assertThat(publications())
                .isEqualTo("camera-api ACCEPTED 1 null, sns ACCEPTED 2 it answered 500 InternalFailure");
        assertThat(resent()).as("nothing was sent twice").isEqualTo(resent);
    }

    @Test
    void aRejectionIsShownAndTheOtherSinkReceivesTheDocument() throws Exception {
        takeOver();
        listFootage();
        request();
        cameras.failNext("/cameras/clips/" + clipId, 404, 1);

        breaker.run(() -> receive(queue.lying().get(0)));

        assertThat(client.jobStatus(clipId)).isEqualTo("DONE");
        assertThat(publications()).isEqualTo("camera-api REJECTED 1 it answered 404, sns ACCEPTED 1 null");
    }

    @Test
    void onlyDocumentsThatMayHaveBeenAcceptedCountAsResent() throws Exception {
        double resent = resent();
        takeOver();
        listFootage();
        request();
        breaker.dieAt("mark-accepted", () -> receive(queue.lying().get(0)));

        endsWell();

        assertThat(cameras.puts(clipId)).hasSize(2);
        assertThat(client.allHeardOf(clipId)).hasSize(1);
        assertThat(resent()).isEqualTo(resent + 1);
    }

    /**
     * Name of the failing step, its failure, the sink's error, number of calls of the camera API, number of counted
     * repeats.
     */
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        "put-clip-status",
                        new SocketTimeoutException("late"),
                        "no answer: SocketTimeoutException",
                        1,
                        1),
                Arguments.of(
                        "put-clip-status",
                        new ConnectException("refused"),
                        "it was not reached: ConnectException",
                        1,
                        0),
                Arguments.of("put-clip-status", http(503), "it answered 503", 1, 0),
                Arguments.of(
                        "put-clip-status", new IllegalStateException("odd"), "no answer: IllegalStateException", 1, 1),
                Arguments.of("mark-accepted", throttled(), null, 2, 1));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("failures")
    void aSinkThatFailsSaysSoAndIsSentToAgain(String step, Exception failure, String error, int puts, int counted)
            throws Exception {
        double before = resent();
        takeOver();
        listFootage();
        request();
        Message message = queue.lying().get(0);
        breaker.failAt(step, null, failure, () -> receive(message));
        assertThat(publications())
                .isEqualTo("camera-api %s 1 %s, sns PENDING 0 null"
                        .formatted(error == null ? "SENDING" : "FAILED", error));

        comesToRest();

        assertThat(cameras.puts(clipId)).hasSize(puts);
        assertThat(publications()).isEqualTo("camera-api ACCEPTED 2 %s, sns ACCEPTED 1 null".formatted(error));
        assertThat(resent()).isEqualTo(before + counted);
    }

    /** Whatever fails while files are stored: the stored objects of a cancelled job are removed. */
    @Test
    void objectsOfAFailingAttemptOfACancelledJobAreRemoved() throws Exception {
        takeOver();
        listFootage();
        request();
        Message message = queue.lying().get(0);
        Runnable cancel =
                () -> assertThat(api().delete("/jobs/" + clipId).status()).isEqualTo(200);
        breaker.failAt("clip-stored", cancel, new IllegalStateException("odd"), () -> receive(message));
        assertThat(client.jobStatus(clipId)).isEqualTo("CANCELLED");

        endsCancelled();
    }

    @Test
    void aFailureOfAnAttemptWhoseLeaseIsLostChangesNothing(CapturedOutput log) throws Exception {
        takeOver();
        listFootage();
        request();
        request();
        Message first = queue.lying().get(0);
        Message second = queue.lying().get(1);
        Runnable meanwhile = () -> {
            passes(LEASE_AND_MORE);
            breaker.run(() -> receive(second));
        };
        breaker.failAt("cut", meanwhile, http(400), () -> receive(first));

        endsWell();

        assertThat(client.jobStatus(clipId)).isEqualTo("DONE");
        assertThat(log.getOut().lines().filter(line -> line.contains(" ERROR ")))
                .isEmpty();
    }

    private static Exception http(int status) {
        return new HttpOperationFailedException("http://camera.internal", status, "", null, Map.of(), "");
    }

    private static Exception throttled() {
        return ProvisionedThroughputExceededException.builder()
                .message("slow down")
                .statusCode(400)
                .build();
    }

    private static double resent() {
        return Metrics.globalRegistry.counter("camclips.publications.resent").count();
    }

    private String publications() {
        return JobItemMapper.read(client.job(clipId)).publications().stream()
                .map(one -> one.sink() + " " + one.status() + " " + one.tries() + " " + one.lastError())
                .collect(Collectors.joining(", "));
    }

    private void endsCancelled() {
        queue.sent().forEach(this::receive);
        sweep();
        assertThat(queue.lying()).isEmpty();
        assertThat(client.jobStatus(clipId)).isEqualTo("CANCELLED");
        assertThat(objects()).as("stored before %s", breaker.lastBreak()).isEmpty();
        assertThat(cameras.puts(clipId)).isEmpty();
        assertThat(client.allHeardOf(clipId)).isEmpty();
    }

    /** Every fourth step; the random orders of events cover the others. */
    private Stream<DynamicTest> everyFourth(IntConsumer test) {
        return IntStream.range(0, steps.size())
                .filter(step -> step % 4 == 0)
                .mapToObj(step -> before(step, () -> test.accept(step)));
    }

    private DynamicTest before(int step, Runnable test) {
        return DynamicTest.dynamicTest("before step " + step + ", " + steps.get(step), () -> {
            takeOver();
            listFootage();
            request();
            test.run();
        });
    }

    @Test
    void aSubmissionThatCannotBeSentIsAcceptedAndSentByTheSweep() {
        listFootage();
        queue.failNextSend();

        ApiClient.Answer accepted = api().post("/clips", submission());

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(queue.lying()).isEmpty();
        sweep();
        assertThat(queue.lying()).as("not due yet").isEmpty();
        passes(LEASE_AND_MORE);
        sweep();
        assertThat(queue.lying()).hasSize(1);
        endsWell();
    }

    @Test
    void aSubmissionThatCannotBeWrittenIsRejectedAndNotSent(CapturedOutput output) {
        HandDriven.table().cutOff(true);
        try {
            ApiClient.Answer refused = api().post("/clips", submission());

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.contentType()).isEqualTo("application/problem+json");
            assertThat(refused.retryAfter()).hasValue(30);
            assertThat(queue.sent()).isEmpty();
            Awaitility.await().until(() -> output.getOut().contains("POST /clips 503"));
            assertThat(output.getOut().lines().filter(line -> line.contains("injected failure")))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("WARN", "request", "POST /clips 503");
            for (String path : List.of("/jobs/x", "/jobs", "/job-status/x")) {
                assertThat(api().get(path).status()).as(path).isEqualTo(503);
            }
            assertThat(api().delete("/jobs/x").status()).isEqualTo(503);
            assertThat(api().post("/jobs/x/retry", "").status()).isEqualTo(503);
            assertThat(api().post("/submit-job", submission()).status()).isEqualTo(503);
        } finally {
            HandDriven.table().cutOff(false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"transactWriteItems", "getItem"})
    void theKeyOfAFailedSubmissionIsFreeAtOnce(String call) {
        String[] key = {"Idempotency-Key", clipId};
        String body = ClipClient.request(clipId, footage.plusSeconds(1), footage.plusMillis(1_400))
                .without("clipId")
                .toString();
        HandDriven.table().failNext(call);

        assertThat(api().post("/clips", body, key).status()).isEqualTo(503);
        ApiClient.Answer first = api().post("/clips", body, key);
        ApiClient.Answer again = api().post("/clips", body, key);

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.body().path("jobId")).isEqualTo(first.body().path("jobId"));
        assertThat(queue.sent()).hasSize(1);
        api().delete("/jobs/" + first.body().path("jobId").asText());
    }

    private ApiClient api() {
        return new ApiClient(URI.create("http://127.0.0.1:" + port), null);
    }

    private String submission() {
        return ClipClient.request(clipId, footage.plusSeconds(1), footage.plusMillis(1_400))
                .put("cameraId", clipId)
                .toString();
    }

    /** @param depth maximum nesting of deliveries in a blocked one */
    private void happens(Random random, int depth) {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> deliver(random, depth);
            case 3 -> dies(random);
            case 4, 5 -> standsStill(random, depth);
            case 6 -> passes(Duration.ofSeconds(PAUSES.get(random.nextInt(PAUSES.size()))));
            case 7 -> sweep();
            case 8 -> renew();
            default -> fails(random);
        }
    }

    private void deliver(Random random, int depth) {
        any(random).ifPresent(message -> {
            story.add("delivered " + message.messageId() + " at depth " + depth);
            breaker.run(() -> receive(message));
        });
    }

    private void dies(Random random) {
        any(random).ifPresent(message -> {
            breaker.dieAt(random.nextInt(steps.size()), () -> receive(message));
            story.add("delivered " + message.messageId() + ", died before " + breaker.lastBreak());
        });
    }

    private void standsStill(Random random, int depth) {
        if (depth == 0) {
            return;
        }
        any(random).ifPresent(message -> {
            Runnable meanwhile = () -> {
                story.add("stood still before " + breaker.lastBreak());
                passes(Duration.ofSeconds(PAUSES.get(random.nextInt(PAUSES.size()))));
                happens(random, depth - 1);
                happens(random, depth - 1);
                story.add("went on");
            };
            story.add("delivered " + message.messageId() + " to one that stands still");
            breaker.standStillAt(random.nextInt(steps.size()), meanwhile, () -> receive(message));
        });
    }

    /** Mostly a message in the queue, sometimes a deleted one. */
    private Optional<Message> any(Random random) {
        List<Message> messages = random.nextInt(4) == 0 || queue.lying().isEmpty() ? queue.sent() : queue.lying();
        return messages.isEmpty() ? Optional.empty() : Optional.of(messages.get(random.nextInt(messages.size())));
    }

    private void fails(Random random) {
        switch (random.nextInt(4)) {
            case 0 -> listFootage();
            case 1 -> cameras.failNext("/cameras/recording/" + clipId, 503, 1);
            case 2 -> cameras.failNext("/cameras/clips/" + clipId, 503, 1);
            default -> LocalCloud.shared().snsServer().failNext(4);
        }
        story.add("something failed, or footage came: listed is " + listed);
    }

    private void listFootage() {
        if (!listed) {
            listed = true;
            SimulatedRecording recording =
                    new SimulatedRecording(CameraApi.ALIAS, footage, footage.plusSeconds(10), 0, 250);
            cameras.addRecording(clipId, recording.start(), recording.end(), recording.fileName());
        }
    }

    private void passes(Duration time) {
        story.add(time + " passed");
        HandDriven.advance(time);
    }

    private void renew() {
        story.add("renewed leases");
        leases.renewAll();
    }

    private void sweep() {
        story.add("swept");
        process("job-sweep", new DefaultExchange(camel));
    }

    private void process(String routeId, Exchange exchange) {
        try {
            camel.getRoute(routeId).getProcessor().process(exchange);
            assertThat(exchange.getException()).isNull();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void request() {
        listedBefore = listed;
        queue.sendMessage(r -> r.queueUrl("clips").messageBody(submission()));
    }

    private void receive(Message message) {
        try {
            Queue<Object> batch = new ArrayDeque<>(List.of(consumer.createExchange(queue.receive(message))));
            consumer.processBatch(batch);
        } catch (StepBreaker.ProcessDiedException e) {
            // died before the message was deleted
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Removes all faults and waits for the final state, which later deliveries must not change. */
    private void endsWell() {
        cameras.clearFaults();
        LocalCloud.shared().snsServer().failNext(0);
        comesToRest();
    }

    private void comesToRest() {
        try {
            for (int round = 0; round < ROUNDS && !isAtRest(); round++) {
                queue.lying().forEach(this::receive);
                HandDriven.advance(LEASE_AND_MORE);
                sweep();
            }
            assertThat(isAtRest()).as("final state is reached").isTrue();
            List<JsonNode> announced = announced();
            queue.sent().forEach(this::receive);
            sweep();
            assertThat(announced()).as("notifications after redelivery").isEqualTo(announced);
            isOneOutcome(new HashSet<>(announced));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(String.join("\n  ", story) + "\n" + e.getMessage(), e);
        }
    }

    private boolean isAtRest() {
        return queue.lying().isEmpty() && TERMINAL.contains(client.jobStatus(clipId));
    }

    private void isOneOutcome(Set<JsonNode> documents) {
        assertThat(documents).as("distinct notifications").hasSize(1);
        JsonNode document = documents.iterator().next();
        var job = client.job(clipId);
        assertThat(document.path("status").asText())
                .isEqualTo(job.get("outcome").s());
        assertThat(document.path("eventId").asText())
                .isEqualTo(job.get("eventId").s());
        boolean available = document.path("status").asText().equals("CLIP_AVAILABLE");
        assertThat(job.get("status").s()).isEqualTo(available ? "DONE" : "FAILED");
        assertThat(available || !listedBefore).as("a clip if there was footage").isTrue();
        assertThat(objects()).hasSize(available ? 2 : 0);
    }

    private List<String> objects() {
        return client.objectsBelow(clipId + "/" + clipId);
    }

    /** @return every notification, those to the camera API first; asserts that both sinks got one */
    private List<JsonNode> announced() {
        List<JsonNode> all = new ArrayList<>();
        cameras.puts(clipId).forEach(body -> all.add(ClipClient.json(body)));
        assertThat(all).as("sent to the camera API").isNotEmpty();
        int before = -1;
        while (client.allHeardOf(clipId).size() > before) {
            before = client.allHeardOf(clipId).size();
        }
        assertThat(before).as("notifications from the topic").isPositive();
        all.addAll(client.allHeardOf(clipId));
        return all;
    }
}
