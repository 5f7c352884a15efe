package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.function.Consumer;

/** A job of the local MediaConvert, as GetJob returns it. It has ended when its status never changes again. */
final class MediaConvertJob {
    static final String COMPLETE = "COMPLETE";
    static final String CANCELED = "CANCELED";
    static final String ERROR = "ERROR";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String id;
    private final JsonNode request;
    private final long createdMillis;
    private final Clock clock;
    private final ObjectNode state = JSON.createObjectNode();
    private boolean hasEnded;

    /**
     * @param request body of CreateJob
     * @param settings of the request and its template
     */
    MediaConvertJob(String id, JsonNode request, JsonNode settings, Clock clock) {
        this.id = id;
        this.request = request;
        this.clock = clock;
        this.createdMillis = clock.millis();
        state.put("id", id)
                .put("arn", MediaConvertSettings.arn("jobs/" + id))
                .put("queue", MediaConvertSettings.queueArn(request))
                .put("status", "SUBMITTED")
                .put(
                        "statusUpdateInterval",
                        request.path("statusUpdateInterval").asText("SECONDS_60"))
                .put("createdAt", createdMillis / 1000)
                .put("retryCount", 0);
        for (String copied : new String[] {"role", "jobTemplate", "userMetadata", "clientRequestToken"}) {
            if (request.has(copied)) {
                state.set(copied, request.get(copied));
            }
        }
        state.set("settings", settings);
        state.putObject("timing").put("submitTime", createdMillis / 1000);
    }

    String id() {
        return id;
    }

    JsonNode request() {
        return request;
    }

    JsonNode settings() {
        return json().path("settings");
    }

    /** URI of the first input. */
    String input() {
        return settings().at("/inputs/0/fileInput").asText();
    }

    long createdMillis() {
        return createdMillis;
    }

    /** @return a copy of what GetJob returns */
    synchronized ObjectNode json() {
        return state.deepCopy();
    }

    synchronized String status() {
        return state.path("status").asText();
    }

    synchronized boolean hasEnded() {
        return hasEnded;
    }

    synchronized void begin() {
        if (!hasEnded) {
            state.put("status", "PROGRESSING");
            timing("startTime");
        }
    }

    /** @param percent of the job; negative for an unknown one */
    synchronized void progress(MediaConvertPhase phase, int percent) {
        if (!hasEnded) {
            state.put("currentPhase", phase.name());
            if (percent >= 0) {
                state.put("jobPercentComplete", percent);
            }
        }
    }

    /**
     * Ends the job unless it has ended.
     *
     * @param details adds what the status has
     * @return whether this call ended it
     */
    synchronized boolean end(String status, Consumer<ObjectNode> details) {
        if (hasEnded) {
            return false;
        }
        hasEnded = true;
        state.put("status", status);
        details.accept(state);
        timing("finishTime");
        return true;
    }

    private void timing(String name) {
        ((ObjectNode) state.get("timing")).put(name, clock.millis() / 1000);
    }
}
