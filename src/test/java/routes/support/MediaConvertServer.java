package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * MediaConvert in this JVM, on the loopback address only: CreateJob, GetJob, ListJobs, SearchJobs and CancelJob with AWS's
 * wire protocol and error codes, the template {@code camclips-hls} and the queues {@code Default} and {@code camclips}.
 * Jobs make real HLS streams in the local S3, see {@link HlsOutput}. Their events go to the queue of the resources that
 * have the bucket of the input, see {@link #events()}.
 *
 * <p>An operation is named as in the SDK, such as {@code createJob}. Steering holds until {@link #reset()}.
 */
public final class MediaConvertServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROOT = "/2017-08-29/";
    private static final String JOBS = ROOT + "jobs";
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);
    private static final int PAGE = 20;

    private final LoopbackServer server;
    private final Clock clock;
    private final MediaConvertEvents events;
    private final MediaConvertEngine engine;
    private final SecureRandom random = new SecureRandom();
    private final CountDownLatch isClosed = new CountDownLatch(1);
    /** In the order of their creation. */
    private final List<MediaConvertJob> jobs = new ArrayList<>();

    private final List<String> calls = new ArrayList<>();
    /** Faults to come, by operation. */
    private final Map<String, List<MediaConvertFault>> faults = new HashMap<>();

    private int lost;
    private Duration delay = Duration.ZERO;

    /**
     * @param port 0 for a free one
     * @param clients of S3 and SQS; closed by their owner
     */
    MediaConvertServer(int port, CloudClients clients, Clock clock) throws IOException {
        this.clock = clock;
        events = new MediaConvertEvents(clients.sqs());
        engine = new MediaConvertEngine(clients.s3(), events);
        server = new LoopbackServer("media-convert", port, this::answer);
    }

    URI endpoint() {
        return server.endpoint();
    }

    /** The events of jobs, to be held, dropped or repeated. */
    public MediaConvertEvents events() {
        return events;
    }

    /**
     * The next calls of an operation fail and have no effect. Every attempt counts: an SDK client retries 429 and 500.
     *
     * @param status 400, 402, 403, 404, 409, 429 or 500
     */
    public synchronized void failNext(String operation, int times, int status) {
        for (int i = 0; i < times; i++) {
            faults.computeIfAbsent(operation, key -> new ArrayList<>()).add(MediaConvertFault.of(status));
        }
    }

    /**
     * The next calls of CreateJob are accepted, and the connection ends without an answer. Every attempt counts: an SDK
     * client tries four times, with one token, and so creates one job.
     */
    public synchronized void loseNext(int times) {
        lost = times;
    }

    /** From now on CreateJob answers so much later; its job begins at once. */
    public synchronized void delayAnswers(Duration time) {
        delay = time;
    }

    /** From now on jobs wait, PROGRESSING with half of their files stored and 45 %, until {@link #resumeJobs()}. */
    public void pauseJobs() {
        engine.pause(true);
    }

    /** Waiting and later jobs go on. */
    public void resumeJobs() {
        engine.pause(false);
    }

    /** From now on jobs end with ERROR when half of their files are stored. */
    public void failJobs(int errorCode, String errorMessage) {
        engine.fail(errorCode, errorMessage);
    }

    /** From now on jobs store one more file after their event ERROR, or after CANCELED if they are waiting. */
    public void storeLate() {
        engine.storeLate(true);
    }

    /** Ends all steering, of {@link #events()} too. Jobs and calls remain. */
    public synchronized void reset() {
        faults.clear();
        lost = 0;
        delay = Duration.ZERO;
        engine.reset();
        events.reset();
    }

    /** @return all jobs as GetJob returns them, newest first: {@code id}, {@code status}, {@code settings} with the key … */
    public List<JsonNode> jobs() {
        List<JsonNode> all = new ArrayList<>();
        newestFirst().forEach(job -> all.add(job.json()));
        return all;
    }

    /** @return the calls so far, in order: the operation, and for one job its id after a blank */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /**
     * An event of a job as it is now, for {@link MediaConvertEvents#send}; {@code detail} has what events of all
     * statuses have.
     *
     * @throws IllegalArgumentException if there is no such job
     */
    public ObjectNode event(String engineId, String status) {
        return events.event(find(engineId), status, detail -> {});
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            String body = LoopbackServer.body(exchange);
            try {
                answer(exchange, method + " " + path, body);
            } catch (MediaConvertFaultException e) {
                exchange.getResponseHeaders().set("x-amzn-ErrorType", e.fault().type());
                send(exchange, e.fault().status(), JSON.createObjectNode().put("message", e.getMessage()));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, String call, String body) throws IOException, InterruptedException {
        requireSignature(exchange);
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String name = call.substring(call.lastIndexOf('/') + 1);
        if (call.equals("POST " + JOBS)) {
            create(exchange, JSON.readTree(body));
        } else if (call.equals("GET " + JOBS)) {
            begin("listJobs", "");
            send(exchange, 200, page(query, ""));
        } else if (call.equals("GET " + ROOT + "search")) {
            begin("searchJobs", "");
            send(exchange, 200, page(query, query.getOrDefault("inputFile", "")));
        } else if (call.startsWith("GET " + JOBS + "/")) {
            begin("getJob", name);
            send(exchange, 200, wrapped(requested(name)));
        } else if (call.startsWith("DELETE " + JOBS + "/")) {
            begin("cancelJob", name);
            if (!engine.cancel(requested(name))) {
                throw new MediaConvertFaultException(
                        MediaConvertFault.CONFLICT,
                        "Cannot cancel job " + name + " which is not in a cancelable state");
            }
            send(exchange, 202, JSON.createObjectNode());
        } else if (call.startsWith("GET " + ROOT + "jobTemplates/")) {
            begin("getJobTemplate", name);
            ObjectNode template = resource("jobTemplates", name, Set.of(MediaConvertSettings.TEMPLATE));
            template.set("settings", MediaConvertSettings.template());
            send(exchange, 200, JSON.createObjectNode().set("jobTemplate", template));
        } else if (call.startsWith("GET " + ROOT + "queues/")) {
            begin("getQueue", name);
            ObjectNode queue =
                    resource("queues", name, MediaConvertSettings.QUEUES).put("status", "ACTIVE");
            send(exchange, 200, JSON.createObjectNode().set("queue", queue));
        } else {
            throw new MediaConvertFaultException(MediaConvertFault.NOT_FOUND, "Not served here: " + call);
        }
    }

    private static void requireSignature(HttpExchange exchange) {
        String signature = exchange.getRequestHeaders().getFirst("Authorization");
        if (signature == null
                || !signature.contains(LocalCloud.ACCESS_KEY + "/")
                || !signature.contains("/" + LocalCloud.REGION + "/mediaconvert/aws4_request")) {
            throw new MediaConvertFaultException(
                    MediaConvertFault.FORBIDDEN,
                    "User: arn:aws:sts::123456789012:assumed-role/camclips is not authorized: not signed for mediaconvert");
        }
    }

    private synchronized void begin(String operation, String id) {
        calls.add((operation + " " + id).strip());
        List<MediaConvertFault> planned = faults.getOrDefault(operation, List.of());
        if (!planned.isEmpty()) {
            throw new MediaConvertFaultException(
                    planned.remove(0), operation + " fails as planned for arn:aws:iam::123456789012:role/camclips");
        }
    }

    private void create(HttpExchange exchange, JsonNode request) throws IOException, InterruptedException {
        begin("createJob", "");
        JsonNode settings = MediaConvertSettings.checked(request);
        MediaConvertJob job;
        boolean isLost;
        Duration later;
        synchronized (this) {
            job = repeated(request);
            if (job == null) {
                job = new MediaConvertJob(newId(), request, settings, clock);
                jobs.add(job);
                engine.start(job);
            }
            isLost = lost > 0;
            lost = Math.max(0, lost - 1);
            later = delay;
        }
        isClosed.await(later.toMillis(), TimeUnit.MILLISECONDS);
        if (!isLost) {
            send(exchange, 201, wrapped(job));
        }
    }

    /** @return the job that was created with the same token within a minute; null if there is none */
    private MediaConvertJob repeated(JsonNode request) {
        JsonNode token = request.path("clientRequestToken");
        for (MediaConvertJob job : jobs) {
            if (!token.isMissingNode()
                    && token.equals(job.request().path("clientRequestToken"))
                    && clock.millis() - job.createdMillis() < TOKEN_LIFE.toMillis()) {
                if (!request.equals(job.request())) {
                    throw new MediaConvertFaultException(
                            MediaConvertFault.CONFLICT, "clientRequestToken was used for another request");
                }
                return job;
            }
        }
        return null;
    }

    private String newId() {
        String letters = Integer.toString(random.nextInt(36 * 36 * 36 * 36), 36);
        return String.format(Locale.ROOT, "%d-%s%02d", clock.millis(), letters, jobs.size() % 100);
    }

    private ObjectNode page(Map<String, String> query, String input) {
        int size = Integer.parseInt(query.getOrDefault("maxResults", String.valueOf(PAGE)));
        if (size < 1 || size > PAGE) {
            throw new MediaConvertFaultException(MediaConvertFault.BAD_REQUEST, "/maxResults: must be 1 to 20");
        }
        List<MediaConvertJob> found = new ArrayList<>(newestFirst());
        found.removeIf(job -> !job.input().contains(input)
                || !job.status().equals(query.getOrDefault("status", job.status()))
                || !job.json().path("queue").asText().endsWith(query.getOrDefault("queue", "")));
        if (query.getOrDefault("order", "").equals("ASCENDING")) {
            Collections.reverse(found);
        }
        String after = query.get("nextToken");
        if (after != null) {
            int from = 0;
            while (from < found.size() && !found.get(from).id().equals(after)) {
                from++;
            }
            found.subList(0, Math.min(found.size(), from + 1)).clear();
        }
        ObjectNode page = JSON.createObjectNode();
        ArrayNode listed = page.putArray("jobs");
        found.stream().limit(size).forEach(job -> listed.add(job.json()));
        if (found.size() > size) {
            page.put("nextToken", found.get(size - 1).id());
        }
        return page;
    }

    private synchronized List<MediaConvertJob> newestFirst() {
        List<MediaConvertJob> all = new ArrayList<>(jobs);
        Collections.reverse(all);
        return all;
    }

    private MediaConvertJob requested(String id) {
        try {
            return find(id);
        } catch (IllegalArgumentException e) {
            throw new MediaConvertFaultException(MediaConvertFault.NOT_FOUND, e.getMessage());
        }
    }

    private MediaConvertJob find(String id) {
        return newestFirst().stream()
                .filter(job -> job.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The job you requested does not exist: " + id));
    }

    private static ObjectNode resource(String resources, String name, Set<String> names) {
        String known = MediaConvertSettings.known(name, resources, names);
        return JSON.createObjectNode().put("name", known).put("arn", MediaConvertSettings.arn(resources + "/" + known));
    }

    private static JsonNode wrapped(MediaConvertJob job) {
        return JSON.createObjectNode().set("job", job.json());
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        LoopbackServer.send(exchange, status, "application/json", answer.toString());
    }

    @Override
    public void close() {
        isClosed.countDown();
        server.close();
        engine.close();
    }
}
