package routes.support;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Clients of the REST API of several processes, which they call in turn. A client that is rejected or gets no response
 * sends the same request to the next process.
 */
public final class Traffic implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PACE = Duration.ofMillis(250);

    private final ClipClient client;
    private final Outcomes outcomes;
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();
    private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
    private final Set<ServiceProcess> stopping = ConcurrentHashMap.newKeySet();
    private final Map<ServiceProcess, LongAdder> accepted = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger turns = new AtomicInteger();
    private volatile boolean over;

    /** @param outcomes records every request before it is sent: a lost response does not undo the request */
    public Traffic(ClipClient client, Outcomes outcomes) {
        this.client = client;
        this.outcomes = outcomes;
    }

    /** @param clientCount each requests a clip, follows its job to the end, and requests the next one */
    public void followClips(int clientCount) {
        start(clientCount, () -> {
            String clipId = ask("CLIP_AVAILABLE", Duration.ofMillis(100L * (requests.get() % 200)));
            await().atMost(PATIENCE).pollInterval(LOOK).until(() -> hasEnded(clipId));
        });
    }

    /** @param clientCount each requests four times per second a clip without footage, whatever its outcome */
    public void askForThePast(int clientCount) {
        start(clientCount, () -> {
            ask("CLIP_OUT_OF_RANGE", Duration.ofDays(-9));
            await().pollDelay(PACE).until(() -> true);
        });
    }

    private void start(int clientCount, Runnable request) {
        for (int i = 0; i < clientCount; i++) {
            running.add(clients.submit(() -> {
                while (!over) {
                    request.run();
                }
            }));
        }
    }

    /** From now on this process is called too. */
    public void to(ServiceProcess service) {
        services.add(service);
    }

    /** From now on it may answer with 503, or accept no connection. */
    public void mayRefuse(ServiceProcess service) {
        stopping.add(service);
    }

    /** From now on it is not called any more. */
    public void notTo(ServiceProcess service) {
        services.remove(service);
    }

    /** Returns after every client has finished its last job. */
    public void end() throws Exception {
        over = true;
        for (Future<?> client : running) {
            client.get();
        }
    }

    /** @return violations that no client should see, during a stop or not */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** @return number of clip requests that this process accepted, according to its clients */
    public long acceptedBy(ServiceProcess service) {
        return accepted(service).sum();
    }

    /** Alternates between the current and the legacy endpoint. */
    private String ask(String outcome, Duration intoFootage) {
        Instant start = PastFootage.shared().start().plus(intoFootage);
        String clipId = ClipClient.newId();
        String body = ClipClient.request(clipId, start, start.plusMillis(400)).toString();
        String path = requests.getAndIncrement() % 2 == 0 ? "/clips" : "/submit-job";
        outcomes.expect(clipId, outcome);
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(SOON).until(() -> asked(clipId, path, body));
        return clipId;
    }

    /** A client without a response repeats its request: one id is one job. */
    private boolean asked(String clipId, String path, String body) {
        ServiceProcess service = next();
        boolean isAccepted = ask(service, api -> api.post(path, body), path.equals("/clips") ? 202 : 200)
                .isPresent();
        if (isAccepted) {
            accepted(service).increment();
        } else if (!client.jobStatus(clipId).equals("none")) {
            wrong.add(clipId + ": accepted, but its client got another response");
        }
        return isAccepted;
    }

    private LongAdder accepted(ServiceProcess service) {
        return accepted.computeIfAbsent(service, none -> new LongAdder());
    }

    private boolean hasEnded(String clipId) {
        return ask(next(), api -> api.get("/jobs/" + clipId), 200)
                .map(answer -> answer.body().path("status").asText())
                .filter(Outcomes::isTerminal)
                .isPresent();
    }

    private ServiceProcess next() {
        List<ServiceProcess> now = List.copyOf(services);
        return now.get(turns.getAndIncrement() % now.size());
    }

    private Optional<ApiClient.Answer> ask(
            ServiceProcess service, Function<ApiClient, ApiClient.Answer> request, int good) {
        try {
            ApiClient.Answer answer = request.apply(new ApiClient(service.api(), null));
            if (answer.status() == good) {
                return Optional.of(answer);
            }
            boolean mayBe = answer.status() == 503 && answer.retryAfter().isPresent();
            refused(service, mayBe, answer.status() + " " + answer.response().body());
        } catch (IllegalStateException noAnswer) {
            // refused, or closed when the client reused it: HTTP allows a server to close between two requests
            refused(service, true, String.valueOf(noAnswer.getCause()));
        }
        return Optional.empty();
    }

    private void refused(ServiceProcess service, boolean mayBe, String refusal) {
        if (!mayBe || !stopping.contains(service)) {
            wrong.add("from " + service.api() + ": " + refusal);
        }
    }

    @Override
    public void close() {
        over = true;
        clients.shutdownNow();
    }
}
