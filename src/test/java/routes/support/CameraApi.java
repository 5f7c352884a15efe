package routes.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.UriComponentsBuilder;
import routes.support.HttpFaults.Fault;

/**
 * The camera API in this JVM, on the loopback address only: cameras, their recordings, and the clips that it received.
 * It starts with one camera, {@link #CAMERA_ID}, and no recordings. It remembers the last 20,000 requests and clips.
 */
public final class CameraApi implements AutoCloseable {
    public static final String CAMERA_ID = "1111111111111";
    public static final String ALIAS = "test";

    private static final int REMEMBERED = 20_000;
    private static final Pattern RECORDINGS = Pattern.compile("/cameras/recording/([^/]+)");
    private static final Pattern CLIP = Pattern.compile("/cameras/clips/([^/]+)");
    private static final Pattern CAMERA = Pattern.compile("/cameras/([^/]+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One received request; {@code query} is null without one. */
    public record Request(String method, String path, String query) {}

    private record Answer(int status, String body) {}

    private final LoopbackServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpFaults faults = new HttpFaults();
    private final CameraListing listing = new CameraListing();
    private final Map<String, String> aliases = new ConcurrentHashMap<>(Map.of(CAMERA_ID, ALIAS));
    private final Map<String, String> zones = new ConcurrentHashMap<>();
    private final Deque<Request> requests = new ArrayDeque<>();
    private final Map<String, List<String>> puts = new LinkedHashMap<>();

    /** Starts it on a free port. */
    public CameraApi() {
        this(0);
    }

    /**
     * Starts the server.
     *
     * @param port 0 for a free one
     */
    public CameraApi(int port) {
        try {
            server = new LoopbackServer("camera-api", port, this::handle);
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + port + ", for the camera API, cannot be used", e);
        }
    }

    /** Without a trailing slash; for CAM_SERVICES_URL and RECORDINGS_URL. */
    public URI baseUrl() {
        return server.endpoint();
    }

    public void addCamera(String cameraId, String alias) {
        aliases.put(cameraId, alias);
    }

    /** @param timeZone as the answer has it, valid or not */
    public void addCamera(String cameraId, String alias, String timeZone) {
        zones.put(cameraId, timeZone);
        addCamera(cameraId, alias);
    }

    /** Adds a recording of {@code [start, end)} to the list. */
    public void addRecording(String alias, Instant start, Instant end, String fileName) {
        listing.add(alias, start, end, fileName, true);
    }

    /** Adds a recording without {@code startDate}: only its name contains the start. */
    public void addRecordingWithoutStartDate(String alias, Instant start, Instant end, String fileName) {
        listing.add(alias, start, end, fileName, false);
    }

    public void removeRecording(String fileName) {
        listing.remove(fileName);
    }

    /** Every body PUT for this clip, oldest first. */
    public List<String> puts(String clipId) {
        return allPuts(clipId).stream().filter(body -> !isPending(body)).toList();
    }

    /** Documents received for a clip, in order, with that of its wait for footage. */
    public List<String> allPuts(String clipId) {
        synchronized (puts) {
            return List.copyOf(puts.getOrDefault(clipId, List.of()));
        }
    }

    private static boolean isPending(String body) {
        return ClipClient.json(body).path("status").asText().equals("CLIP_PENDING");
    }

    /** Received requests, oldest first. */
    public List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** The next {@code times} requests whose path has this prefix get this status and have no effect. */
    public void failNext(String pathPrefix, int status, int times) {
        faults.plan(pathPrefix, new Fault(status, Duration.ZERO), times);
    }

    /**
     * The next {@code times} requests whose path has this prefix are answered after the delay, or never if this server
     * is closed first.
     */
    public void delayNext(String pathPrefix, Duration delay, int times) {
        faults.plan(pathPrefix, new Fault(0, delay), times);
    }

    /** The next {@code times} requests whose path has this prefix get no response while this server runs. */
    public void hangNext(String pathPrefix, int times) {
        delayNext(pathPrefix, Duration.ofDays(1), times);
    }

    /** From now on this share of all requests, 0 to 1, gets 503 and has no effect. */
    public void failShare(double share, Random random) {
        faults.share(share, random);
    }

    /** Removes all remaining faults. */
    public void clearFaults() {
        faults.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            String body = LoopbackServer.body(exchange);
            remember(new Request(method, path, exchange.getRequestURI().getRawQuery()));
            Fault fault = faults.take(path).orElse(new Fault(0, Duration.ZERO));
            if (closing.await(fault.delay().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            Answer answer = fault.status() != 0
                    ? new Answer(fault.status(), "{\"error\":\"injected failure\"}")
                    : answer(method, path, exchange.getRequestURI(), body);
            LoopbackServer.send(exchange, answer.status(), "application/json", answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void remember(Request request) {
        synchronized (requests) {
            requests.add(request);
            if (requests.size() > REMEMBERED) {
                requests.remove();
            }
        }
    }

    private Answer answer(String method, String path, URI uri, String body) {
        Matcher clip = CLIP.matcher(path);
        Matcher recordings = RECORDINGS.matcher(path);
        Matcher camera = CAMERA.matcher(path);
        if (clip.matches() && method.equals("PUT")) {
            put(clip.group(1), body);
            return new Answer(204, "");
        }
        if (!method.equals("GET")) {
            return new Answer(405, "{}");
        }
        if (recordings.matches()) {
            return recordings(recordings.group(1), uri);
        }
        if (clip.matches()) {
            List<String> all = allPuts(clip.group(1));
            return all.isEmpty() ? new Answer(404, "{}") : new Answer(200, all.get(all.size() - 1));
        }
        String alias = camera.matches() ? aliases.get(camera.group(1)) : null;
        if (alias == null) {
            return new Answer(404, "{}");
        }
        ObjectNode found =
                JSON.createObjectNode().put("cameraId", camera.group(1)).put("alias", alias);
        if (zones.containsKey(camera.group(1))) {
            found.put("timeZone", zones.get(camera.group(1)));
        }
        return new Answer(200, found.toString());
    }

    private Answer recordings(String alias, URI uri) {
        var query = UriComponentsBuilder.fromUri(uri).build().getQueryParams();
        try {
            Instant from = Instant.ofEpochMilli(Long.parseLong(query.getFirst("startDate")));
            Instant to = Instant.ofEpochMilli(Long.parseLong(query.getFirst("endDate")));
            boolean partial = Boolean.parseBoolean(query.getFirst("allowPartialMatch"));
            return new Answer(200, listing.json(alias, from, to, partial));
        } catch (NumberFormatException e) {
            return new Answer(400, "{\"error\":\"startDate and endDate are milliseconds\"}");
        }
    }

    private void put(String clipId, String body) {
        synchronized (puts) {
            puts.computeIfAbsent(clipId, id -> new ArrayList<>()).add(body);
            if (puts.size() > REMEMBERED) {
                puts.remove(puts.keySet().iterator().next());
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.close();
    }
}
