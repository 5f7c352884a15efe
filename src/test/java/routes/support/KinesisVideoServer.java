package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;
import routes.support.LiveStream.LocalFragment;

/**
 * Kinesis Video in this JVM, on the loopback address only: data endpoints, lists of fragments, clips, images and media,
 * with AWS's wire protocol and error codes. Streams: {@code sample} (2 s fragments), {@code long} (20 s fragments),
 * {@code hevc}, {@code stale} (its last frame is 20 minutes old), {@code empty}, {@code refused} and {@code throttled}.
 */
public final class KinesisVideoServer implements AutoCloseable {
    public static final FootageSpec SPEC = FootageSpec.standard().withBFrames(2);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant FOR_EVER = Instant.parse("2100-01-01T00:00:00Z");
    private static final String PRINCIPAL = "User: arn:aws:sts::123456789012:assumed-role/camclips is not authorized";
    /** No program listens on this port. */
    private static final String REFUSED = "http://127.0.0.1:1";

    private static final int REMEMBERED = 10_000;
    private static final int NANOS_DIGITS = 9;

    private record Fault(int status, String code, String message) {}

    private final Path folder;
    private final LoopbackServer control;
    private final Map<String, LiveStream> streams = new ConcurrentHashMap<>();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final Queue<Fault> nextFaults = new ConcurrentLinkedQueue<>();
    private final Map<String, Fault> nextDataFaults = new ConcurrentHashMap<>();
    private final Set<String> unreachable = ConcurrentHashMap.newKeySet();
    private final Deque<String> calls = new ArrayDeque<>();
    private final Instant epoch;
    private volatile LoopbackServer data;
    private volatile Duration delay = Duration.ZERO;
    private final CountDownLatch isClosed = new CountDownLatch(1);

    /** @param port of the control plane; 0 for a free one. That of the data plane is always free. */
    KinesisVideoServer(int port) throws IOException {
        folder = Files.createTempDirectory("streams");
        epoch = Instant.ofEpochSecond(Instant.now().getEpochSecond()).minusSeconds(3600);
        FootageSpec hevc = FootageSpec.standard()
                .withExtra("-c:v", "libx265", "-tag:v", "hvc1", "-x265-params", "log-level=error:open-gop=0");
        add("sample", SPEC, epoch, Duration.ofSeconds(2), FOR_EVER);
        add("long", SPEC, epoch, Duration.ofSeconds(20), FOR_EVER);
        add("hevc", hevc, epoch, Duration.ofSeconds(2), FOR_EVER);
        add("stale", SPEC, epoch, Duration.ofSeconds(2), epoch.plusSeconds(2400));
        streams.put("empty", (from, to) -> List.of());
        faults.put("refused", new Fault(401, "NotAuthorizedException", PRINCIPAL));
        faults.put("throttled", new Fault(400, "ClientLimitExceededException", "Rate exceeded for 123456789012"));
        control = new LoopbackServer("kinesis-video", port, this::answer);
        data = new LoopbackServer("kinesis-video-data", 0, this::answer);
    }

    private void add(String name, FootageSpec spec, Instant first, Duration fragment, Instant stopped)
            throws IOException {
        streams.put(
                name, new RollingStream(spec, first, fragment, stopped, Files.createDirectories(folder.resolve(name))));
    }

    URI endpoint() {
        return control.endpoint();
    }

    /** Instant of frame 0 of the streams that this server starts with. */
    public Instant epoch() {
        return epoch;
    }

    /** Lets {@code sample} show what a simulated camera records. */
    void show(CameraSimulator camera) throws IOException {
        Path files = Files.createDirectories(folder.resolve("camera"));
        streams.put("sample", new RollingStream(camera.spec(), camera.epoch(), Duration.ofSeconds(2), FOR_EVER, files));
    }

    /**
     * Adds a stream of one fragment that starts some time ago.
     *
     * @param fragment its MP4
     */
    public void put(String stream, Path fragment, Instant producedAt, Duration length) {
        put(stream, fragment, producedAt, length, LiveStream.USUAL_BYTES);
    }

    /** @param listedBytes the size that the list of fragments tells */
    public void put(String stream, Path fragment, Instant producedAt, Duration length, long listedBytes) {
        LocalFragment only = new LocalFragment(0, producedAt, length, () -> fragment, listedBytes);
        streams.put(stream, (from, to) -> isWithin(only.receivedAt(), from, to) ? List.of(only) : List.of());
    }

    /** Adds a stream with the fragments of another one. */
    public void putLike(String stream, String other) {
        streams.put(stream, streams.get(other));
    }

    /** From now on each call for the stream fails. */
    public void fail(String stream, int status, String code) {
        faults.put(
                stream,
                new Fault(
                        status,
                        code,
                        "The stream arn:aws:kinesisvideo:eu-west-1:123456789012:stream/x: " + code + " at "
                                + endpoint()));
    }

    /** The next call for any stream fails. */
    public void failNext(int status, String code) {
        nextFaults.add(new Fault(status, code, "Rate exceeded for 123456789012"));
    }

    /** The next call for the data of the stream fails. */
    public void failNextData(String stream, int status, String code) {
        nextDataFaults.put(stream, new Fault(status, code, PRINCIPAL));
    }

    /** Nothing answers at the endpoint of the stream's data. */
    public void disconnect(String stream) {
        unreachable.add(stream);
    }

    /** From now on each answer comes so much later. */
    public void delay(Duration time) {
        delay = time;
    }

    /** The endpoint of the data plane changes; nothing answers at the earlier one. */
    public void moveData() throws IOException {
        LoopbackServer earlier = data;
        data = new LoopbackServer("kinesis-video-data", 0, this::answer);
        earlier.close();
    }

    /** @return the calls for a stream so far, in order, such as {@code getClip} */
    public List<String> calls(String stream) {
        synchronized (calls) {
            return calls.stream()
                    .filter(call -> call.startsWith(stream + " "))
                    .map(call -> call.substring(stream.length() + 1))
                    .toList();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(LoopbackServer.body(exchange));
            String action = exchange.getRequestURI().getPath().substring(1);
            String stream = request.path("StreamName").asText();
            count(stream + " " + action);
            isClosed.await(delay.toMillis(), TimeUnit.MILLISECONDS);
            Fault fault = fault(exchange, stream, action);
            if (fault != null) {
                send(exchange, fault);
                return;
            }
            switch (action) {
                case "getDataEndpoint" ->
                    send(
                            exchange,
                            JSON.createObjectNode()
                                    .put(
                                            "DataEndpoint",
                                            unreachable.contains(stream)
                                                    ? REFUSED
                                                    : data.endpoint().toString()));
                case "listFragments" -> send(exchange, list(request));
                case "getClip" -> sendClip(exchange, request);
                case "getImages" -> send(exchange, images(request));
                case "getMediaForFragmentList" -> sendMedia(exchange, request);
                default -> send(exchange, new Fault(404, "UnknownOperationException", action));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(String call) {
        synchronized (calls) {
            calls.add(call);
            if (calls.size() > REMEMBERED) {
                calls.remove();
            }
        }
    }

    private Fault fault(HttpExchange exchange, String stream, String action) {
        String signature = exchange.getRequestHeaders().getFirst("Authorization");
        if (signature == null
                || !signature.contains(LocalCloud.ACCESS_KEY + "/")
                || !signature.contains("/" + LocalCloud.REGION + "/kinesisvideo/aws4_request")) {
            return new Fault(403, "AccessDeniedException", "not signed for kinesisvideo");
        }
        Fault next = nextFaults.poll();
        if (next == null && !action.equals("getDataEndpoint")) {
            next = nextDataFaults.remove(stream);
        }
        if (next != null) {
            return next;
        }
        if (faults.containsKey(stream)) {
            return faults.get(stream);
        }
        return streams.containsKey(stream)
                ? null
                : new Fault(
                        404,
                        "ResourceNotFoundException",
                        "The requested stream is not found or not active: 123456789012/" + stream);
    }

    private ObjectNode list(JsonNode request) {
        List<LocalFragment> fragments = new ArrayList<>(
                selected(request, request.path("FragmentSelector").path("TimestampRange")));
        // the answer has no order, but that of its pages is the same
        Collections.shuffle(fragments, new Random(fragments.size()));
        int from = request.path("NextToken").asInt(0);
        int to = Math.min(fragments.size(), from + request.path("MaxResults").asInt(100));
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode listed = answer.putArray("Fragments");
        for (LocalFragment fragment : fragments.subList(from, to)) {
            listed.addObject()
                    .put("FragmentNumber", fragment.number())
                    .put("FragmentSizeInBytes", fragment.listedBytes())
                    .put("ProducerTimestamp", seconds(fragment.producedAt()))
                    .put("ServerTimestamp", seconds(fragment.receivedAt()))
                    .put("FragmentLengthInMilliseconds", fragment.length().toMillis());
        }
        if (to < fragments.size()) {
            answer.put("NextToken", Integer.toString(to));
        }
        return answer;
    }

    private void sendClip(HttpExchange exchange, JsonNode request) throws IOException {
        List<LocalFragment> fragments =
                selected(request, request.path("ClipFragmentSelector").path("TimestampRange"));
        if (fragments.size() != 1) {
            send(exchange, new Fault(404, "ResourceNotFoundException", "No fragments found in the stream."));
            return;
        }
        Path file = fragments.get(0).file().get();
        exchange.getResponseHeaders().set("Content-Type", "video/mp4");
        exchange.sendResponseHeaders(200, Files.size(file));
        Files.copy(file, exchange.getResponseBody());
    }

    /** Each fragment is a Matroska document of its own, in the requested order. */
    private void sendMedia(HttpExchange exchange, JsonNode request) throws IOException {
        String stream = request.path("StreamName").asText();
        Map<String, LocalFragment> known = new HashMap<>();
        streams.get(stream).fragments(Instant.EPOCH, Instant.now()).forEach(one -> known.put(one.number(), one));
        ByteArrayOutputStream media = new ByteArrayOutputStream();
        for (JsonNode number : request.path("Fragments")) {
            LocalFragment fragment = known.get(number.asText());
            if (fragment == null) {
                send(exchange, new Fault(404, "ResourceNotFoundException", "No fragment " + number.asText()));
                return;
            }
            media.writeBytes(matroska(fragment));
        }
        exchange.getResponseHeaders().set("Content-Type", "video/webm");
        exchange.sendResponseHeaders(200, media.size());
        media.writeTo(exchange.getResponseBody());
    }

    private static byte[] matroska(LocalFragment fragment) {
        return FfmpegResult.of(List.of(
                        "-v",
                        "error",
                        "-i",
                        fragment.file().get().toString(),
                        "-map",
                        "0",
                        "-c",
                        "copy",
                        "-metadata",
                        "AWS_KINESISVIDEO_FRAGMENT_NUMBER=" + fragment.number(),
                        "-metadata",
                        "AWS_KINESISVIDEO_PRODUCER_TIMESTAMP=" + seconds(fragment.producedAt()),
                        "-metadata",
                        "AWS_KINESISVIDEO_SERVER_TIMESTAMP=" + seconds(fragment.receivedAt()),
                        "-f",
                        "matroska",
                        "-"))
                .bytes();
    }

    /** An image is missing while its fragment began before the window, and after the end of the last one. */
    private ObjectNode images(JsonNode request) throws IOException {
        LiveStream stream = streams.get(request.path("StreamName").asText());
        Instant from = instant(request.path("StartTimestamp"));
        Instant to = instant(request.path("EndTimestamp"));
        boolean byCamera = request.path("ImageSelectorType").asText().equals("PRODUCER_TIMESTAMP");
        Duration ahead = byCamera ? LiveStream.CLOCK_AHEAD : Duration.ZERO;
        List<LocalFragment> begun = stream.fragments(from.plus(ahead), to.plus(ahead));
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode images = answer.putArray("Images");
        Duration interval = Duration.ofMillis(request.path("SamplingInterval").asInt());
        for (Instant at = from; !at.isAfter(to); at = at.plus(interval)) {
            ObjectNode image = images.addObject().put("TimeStamp", seconds(at));
            Instant produced = byCamera ? at : at.minus(LiveStream.CLOCK_AHEAD);
            LocalFragment holder = begun.stream()
                    .filter(one -> !one.producedAt().isAfter(produced)
                            && produced.isBefore(one.producedAt().plus(one.length())))
                    .findFirst()
                    .orElse(null);
            if (holder == null) {
                image.put("Error", "NO_MEDIA");
            } else {
                Duration into = Duration.between(holder.producedAt(), produced);
                image.put("ImageContent", jpeg(holder.file().get(), into));
            }
        }
        return answer;
    }

    private static String jpeg(Path file, Duration into) {
        String before = BigDecimal.valueOf(into.toMillis() + 1, 3).toPlainString();
        byte[] bytes = FfmpegResult.of(List.of(
                        "-v",
                        "error",
                        "-i",
                        file.toString(),
                        "-map",
                        "0:v:0",
                        "-vf",
                        "trim=end=" + before + ",reverse",
                        "-frames:v",
                        "1",
                        "-q:v",
                        "3",
                        "-f",
                        "mjpeg",
                        "-"))
                .bytes();
        return Base64.getEncoder().encodeToString(bytes);
    }

    private List<LocalFragment> selected(JsonNode request, JsonNode range) {
        Instant from = instant(range.path("StartTimestamp"));
        Instant to = instant(range.path("EndTimestamp"));
        return streams.get(request.path("StreamName").asText()).fragments(from, to);
    }

    private static boolean isWithin(Instant instant, Instant from, Instant to) {
        return !instant.isBefore(from) && !instant.isAfter(to);
    }

    private static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }

    private static Instant instant(JsonNode seconds) {
        BigDecimal value = seconds.decimalValue().setScale(NANOS_DIGITS, RoundingMode.HALF_UP);
        return Instant.ofEpochSecond(0, value.unscaledValue().longValueExact());
    }

    private static void send(HttpExchange exchange, ObjectNode answer) throws IOException {
        LoopbackServer.send(exchange, 200, "application/json", answer.toString());
    }

    private static void send(HttpExchange exchange, Fault fault) throws IOException {
        exchange.getResponseHeaders()
                .set("x-amzn-ErrorType", fault.code + ":http://internal.amazon.com/coral/com.amazonaws.kinesisvideo/");
        String body = JSON.createObjectNode().put("Message", fault.message).toString();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(fault.status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() throws IOException {
        isClosed.countDown();
        control.close();
        data.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
