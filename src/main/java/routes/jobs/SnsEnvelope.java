package routes.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The envelope around a message that a queue receives from an SNS topic without raw message delivery. */
public final class SnsEnvelope {
    private static final String TYPE = "Notification";
    private static final JsonMapper JSON = new JsonMapper();

    private SnsEnvelope() {}

    /** @return the message in the envelope; the text itself if it is none, without a byte order mark */
    public static String open(String received) {
        String text = received.startsWith("\uFEFF") ? received.substring(1) : received;
        if (!text.contains(TYPE)) {
            return text;
        }
        try {
            JsonNode root = JSON.readTree(text);
            boolean isEnvelope = root.path("Type").asText().equals(TYPE)
                    && root.path("TopicArn").isTextual()
                    && root.path("Message").isTextual();
            return isEnvelope ? root.get("Message").textValue() : text;
        } catch (JsonProcessingException e) {
            // whoever reads the message reports it
            return text;
        }
    }
}
