package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A client of the service's REST API. */
public final class ApiClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final URI base;
    private final String token;

    /** @param token null for none */
    public ApiClient(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** The response, whatever its status. */
    public record Answer(int status, String contentType, JsonNode body, HttpResponse<String> response) {
        /** @return a header's value, or the empty text */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public OptionalLong retryAfter() {
            return response.headers().firstValueAsLong("Retry-After");
        }

        /** @return the fields named in the problem's {@code errors} */
        public List<String> wrongFields() {
            List<String> names = new ArrayList<>();
            body.path("errors").forEach(error -> names.add(error.path("field").asText()));
            return names;
        }
    }

    public Answer get(String path) {
        return send(path, request -> request.GET());
    }

    public Answer delete(String path) {
        return send(path, request -> request.DELETE());
    }

    /** @param headers alternating names and values */
    public Answer post(String path, String body, String... headers) {
        return send(path, request -> {
            request.POST(BodyPublishers.ofString(body)).setHeader("Content-Type", "application/json");
            for (int i = 0; i < headers.length; i += 2) {
                request.setHeader(headers[i], headers[i + 1]);
            }
        });
    }

    /** @param completion sets the request's method, body and headers */
    public Answer send(String path, java.util.function.Consumer<HttpRequest.Builder> completion) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
        if (token != null) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        completion.accept(request);
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            JsonNode body = type.contains("json") ? ClipClient.json(response.body()) : null;
            return new Answer(response.statusCode(), type, body, response);
        } catch (IOException e) {
            throw new IllegalStateException("no answer from " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
