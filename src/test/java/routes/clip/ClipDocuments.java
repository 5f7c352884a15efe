package routes.clip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import routes.support.ClipClient;

/** The documents that the contracts promise to clients. */
public final class ClipDocuments {
    private ClipDocuments() {}

    /**
     * @param request as sent, with the retry timestamps of its last message
     * @param reason null if the outcome says everything
     * @param told contains the id of its event
     */
    public static JsonNode failed(JsonNode request, String outcome, String reason, JsonNode told) {
        try {
            ObjectNode document = (ObjectNode) ClipClient.json(ClipMessagesTest.contract("clip-failed.sns.json"));
            for (String field :
                    List.of("clipId", "cameraId", "startTimestampInMs", "endTimestampInMs", "retryTimestamps")) {
                document.set(field, request.get(field));
            }
            document.put("status", outcome).set("eventId", told.get("eventId"));
            return reason == null ? document : document.put("reason", reason);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectNode gap(Instant from, Instant to) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("startTimestampInMs", from.toEpochMilli())
                .put("endTimestampInMs", to.toEpochMilli());
    }

    /** @return a request in the format of the previous Lambda's events */
    public static ObjectNode event(String... bodies) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        for (String body : bodies) {
            event.withArray("Records")
                    .addObject()
                    .put("body", body)
                    .putObject("messageAttributes")
                    .put("SentTimestamp", "1523232000000");
        }
        return event;
    }
}
