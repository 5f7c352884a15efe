package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A connection to one page of a Chromium over the DevTools protocol. See docs/decisions/0030. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 60;

    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
    private final Map<String, Consumer<JsonNode>> listeners = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;

    /** @param page the page's WebSocket URL, {@code ws://…} */
    DevTools(URI page) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, this)
                .join();
    }

    /**
     * Runs one command and waits for its result.
     *
     * @throws IllegalStateException if the browser rejects it, or does not answer within a minute
     */
    JsonNode ask(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        String text = JSON.createObjectNode()
                .put("id", id)
                .put("method", method)
                .set("params", JSON.valueToTree(parameters))
                .toString();
        // a socket takes no text while it sends another
        synchronized (socket) {
            socket.sendText(text, true).join();
        }
        JsonNode got = await(method, answer);
        if (got.has("error")) {
            throw new IllegalStateException(method + ": " + got.get("error"));
        }
        return got.get("result");
    }

    /**
     * Runs an action and waits for the event that it causes.
     *
     * @return the event's parameters
     */
    JsonNode awaiting(String event, Runnable cause) {
        CompletableFuture<JsonNode> seen = new CompletableFuture<>();
        awaited.put(event, seen);
        cause.run();
        return await(event, seen).path("params");
    }

    /** Calls back with the parameters of each event of this name, in the connection's thread. */
    void listen(String event, Consumer<JsonNode> listener) {
        listeners.put(event, listener);
    }

    private static JsonNode await(String what, CompletableFuture<JsonNode> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted: " + what, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The browser does not respond: " + what, e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            String text = message.toString();
            message.setLength(0);
            JsonNode got = ClipClient.json(text);
            CompletableFuture<JsonNode> waiting = got.has("id")
                    ? asked.remove(got.get("id").intValue())
                    : awaited.remove(got.path("method").asText());
            if (waiting != null) {
                waiting.complete(got);
            }
            Consumer<JsonNode> listener = listeners.get(got.path("method").asText());
            if (listener != null) {
                listener.accept(got.get("params"));
            }
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
