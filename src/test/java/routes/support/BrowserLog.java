package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the pages of a browser reported as errors, and what they requested. */
public final class BrowserLog {
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<URI> requests = new CopyOnWriteArrayList<>();
    private final List<Long> received = new CopyOnWriteArrayList<>();

    void attach(DevTools page) {
        page.listen(
                "Runtime.exceptionThrown",
                event -> errors.add(event.path("exceptionDetails").toString()));
        page.listen("Runtime.consoleAPICalled", event -> {
            if (event.path("type").asText().matches("error|warning|assert")) {
                errors.add(event.path("args").toString());
            }
        });
        page.listen("Log.entryAdded", this::entry);
        page.listen("Network.requestWillBeSent", event -> request(event.path("request")));
        page.listen(
                "Network.loadingFinished",
                event -> received.add(event.path("encodedDataLength").longValue()));
        List.of("Runtime.enable", "Log.enable", "Network.enable").forEach(command -> page.ask(command, Map.of()));
    }

    private void entry(JsonNode event) {
        JsonNode entry = event.path("entry");
        if (entry.path("level").asText().matches("error|warning")) {
            errors.add(entry.path("text").asText() + " " + entry.path("url").asText());
        }
    }

    private void request(JsonNode request) {
        URI address = URI.create(request.path("url").asText().replaceFirst("[?#].*", ""));
        if (address.getScheme().startsWith("http")) {
            requests.add(address);
        }
    }

    public void clear() {
        errors.clear();
        requests.clear();
        received.clear();
    }

    /** Errors and warnings of the console, uncaught exceptions, and failed requests. */
    public List<String> errors() {
        return new ArrayList<>(errors);
    }

    /** Scheme, host and port of every request. */
    public Set<String> origins() {
        Set<String> origins = new TreeSet<>();
        requests.forEach(address -> origins.add(address.getScheme() + "://" + address.getAuthority()));
        return origins;
    }

    /** Requested addresses, without queries. */
    public List<URI> requests() {
        return new ArrayList<>(requests);
    }

    /** Bytes of all answers that are complete, as transferred, with their headers. */
    public long bytesReceived() {
        return received.stream().mapToLong(Long::longValue).sum();
    }
}
