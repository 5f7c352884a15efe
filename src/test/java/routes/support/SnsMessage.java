package routes.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * A published message as SQS subscribers receive it.
 *
 * @param text the message, or with MessageStructure=json the text for {@code sqs}, otherwise for {@code default}
 * @param subject null if there is none
 */
record SnsMessage(
        String id, String topicArn, String text, String subject, Map<String, MessageAttributeValue> attributes) {
    /** AWS's limit for a message with its attributes, in bytes. */
    static final int LARGEST = 262_144;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads the parameters of a Publish call.
     *
     * @throws SnsFaultException InvalidParameter in the same cases as AWS
     */
    static SnsMessage of(String topicArn, Map<String, String> parameters) {
        String message = parameters.getOrDefault("Message", "");
        if (message.isEmpty()) {
            throw SnsFaultException.invalid("Empty message");
        }
        Map<String, MessageAttributeValue> attributes = attributes(parameters);
        int size = message.getBytes(StandardCharsets.UTF_8).length;
        for (var attribute : attributes.entrySet()) {
            size += attribute.getKey().length()
                    + attribute.getValue().dataType().length()
                    + size(attribute.getValue());
        }
        if (size > LARGEST) {
            throw SnsFaultException.invalid("Message too long");
        }
        String subject = parameters.get("Subject");
        if (subject != null && (subject.isEmpty() || subject.length() > 100)) {
            throw SnsFaultException.invalid("Subject");
        }
        String structure = parameters.get("MessageStructure");
        if (structure != null && !structure.equals("json")) {
            throw SnsFaultException.invalid("MessageStructure");
        }
        String text = structure == null ? message : textForSqs(message);
        return new SnsMessage(UUID.randomUUID().toString(), topicArn, text, subject, attributes);
    }

    private static String textForSqs(String message) {
        JsonNode byProtocol;
        try {
            byProtocol = JSON.readTree(message);
        } catch (JsonProcessingException e) {
            throw SnsFaultException.invalid("Message Structure - JSON message body failed to parse");
        }
        if (!byProtocol.path("default").isTextual()) {
            throw SnsFaultException.invalid("Message Structure - No default entry in JSON message body");
        }
        JsonNode sqs = byProtocol.path("sqs");
        return (sqs.isTextual() ? sqs : byProtocol.get("default")).textValue();
    }

    private static Map<String, MessageAttributeValue> attributes(Map<String, String> parameters) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        for (int i = 1; parameters.containsKey("MessageAttributes.entry." + i + ".Name"); i++) {
            String entry = "MessageAttributes.entry." + i + ".";
            String type = parameters.get(entry + "Value.DataType");
            String text = parameters.get(entry + "Value.StringValue");
            String binary = parameters.get(entry + "Value.BinaryValue");
            if (type == null || (text == null && binary == null)) {
                throw SnsFaultException.invalid("MessageAttributes");
            }
            var value = MessageAttributeValue.builder().dataType(type).stringValue(text);
            if (binary != null) {
                value.binaryValue(SdkBytes.fromByteArray(Base64.getDecoder().decode(binary)));
            }
            attributes.put(parameters.get(entry + "Name"), value.build());
        }
        return attributes;
    }

    private static int size(MessageAttributeValue value) {
        return value.stringValue() != null
                ? value.stringValue().getBytes(StandardCharsets.UTF_8).length
                : value.binaryValue().asByteArrayUnsafe().length;
    }

    /** The document that a queue receives without raw delivery. */
    String envelope(String subscriptionArn) {
        ObjectNode envelope = JSON.createObjectNode()
                .put("Type", "Notification")
                .put("MessageId", id)
                .put("TopicArn", topicArn);
        if (subject != null) {
            envelope.put("Subject", subject);
        }
        envelope.put("Message", text)
                .put("Timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("SignatureVersion", "1")
                .put("Signature", "unsigned")
                .put("SigningCertURL", "https://sns.invalid/certificate.pem")
                .put("UnsubscribeURL", "https://sns.invalid/?Action=Unsubscribe&SubscriptionArn=" + subscriptionArn);
        if (!attributes.isEmpty()) {
            ObjectNode all = envelope.putObject("MessageAttributes");
            attributes.forEach((name, value) -> all.putObject(name)
                    .put("Type", value.dataType())
                    .put(
                            "Value",
                            value.stringValue() != null
                                    ? value.stringValue()
                                    : Base64.getEncoder()
                                            .encodeToString(value.binaryValue().asByteArrayUnsafe())));
        }
        return envelope.toString();
    }
}
