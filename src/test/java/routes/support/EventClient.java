package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A client of the stream of job events; it reads the events as they come, without a thread of its own. */
public final class EventClient implements AutoCloseable, Flow.Subscriber<String> {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Consumer<Event> sink;
    private final CompletableFuture<Integer> response = new CompletableFuture<>();
    private CompletableFuture<?> end;
    private volatile String lastId = "";
    private final AtomicInteger comments = new AtomicInteger();
    private volatile Flow.Subscription connection;
    private String type = "";
    private String data = "";

    /** @param sink receives the events; null to collect them */
    private EventClient(Consumer<Event> sink) {
        this.sink = sink == null ? events::add : sink;
    }

    /** One event as it came. */
    public record Event(String id, String type, JsonNode data) {}

    /**
     * @param api base URL
     * @param token null for none
     * @param lastEventId empty for none
     */
    public static EventClient open(URI api, String token, String lastEventId) {
        return open(api, token, lastEventId, null);
    }

    /** @param sink receives the events, which are not kept */
    public static EventClient open(URI api, Consumer<Event> sink) {
        return open(api, null, "", sink);
    }

    private static EventClient open(URI api, String token, String lastEventId, Consumer<Event> sink) {
        EventClient client = new EventClient(sink);
        HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve("/jobs/events"));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        client.end = HTTP.sendAsync(request.build(), answer -> {
            client.response.complete(answer.statusCode());
            return BodyHandlers.fromLineSubscriber(client).apply(answer);
        });
        return client;
    }

    /** @return the status of the response, once it has come */
    public int status() {
        return response.join();
    }

    /** @return all events so far */
    public List<Event> events() {
        return events;
    }

    /** @return the states of one job so far */
    public List<JsonNode> of(String jobId) {
        return events.stream()
                .map(Event::data)
                .filter(job -> job.path("jobId").asText().equals(jobId))
                .toList();
    }

    public String lastId() {
        return lastId;
    }

    public int comments() {
        return comments.get();
    }

    public boolean hasEnded() {
        return end.isDone();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        connection = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.isEmpty()) {
            if (!data.isEmpty()) {
                sink.accept(new Event(lastId, type, json(data)));
            }
            type = "";
            data = "";
        } else if (line.startsWith(":")) {
            comments.incrementAndGet();
        } else {
            String value = line.substring(line.indexOf(':') + 1).strip();
            switch (line.substring(0, line.indexOf(':'))) {
                case "id" -> lastId = value;
                case "event" -> type = value;
                case "data" -> data = value;
                case "retry" -> Integer.parseInt(value);
                default -> throw new IllegalStateException("an unknown field: " + line);
            }
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        // the response fails too
    }

    @Override
    public void onComplete() {
        // the response ends too
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.cancel();
        }
    }
}
