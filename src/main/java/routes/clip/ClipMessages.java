package routes.clip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;
import routes.failure.InvalidField;
import routes.failure.MalformedMessageException;
import routes.failure.OneLine;
import routes.jobs.Identifier;
import routes.jobs.SnsEnvelope;

/**
 * Reads and writes the messages of the clip queue: plain requests, those in events of EventBridge, and SQS events of the
 * legacy Lambda.
 */
@Component("clipMessages")
public class ClipMessages {
    /** Last millisecond of the year 9999, since 1970. */
    private static final long LATEST = 253_402_300_799_999L;

    private static final int LONGEST_TITLE = 200;

    private static final int SHOWN = 60;
    private static final int LONGEST_ERROR = 150;

    private final JsonMapper json = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /**
     * @param message a request, an event with a request in {@code detail}, or one with a request in the {@code body} of each
     *     of its {@code Records}, which may be in the envelope of SNS
     * @return the text of each request; one of several records without a body is returned as an event of its own, so
     *     that it fails separately
     * @throws MalformedMessageException if it is neither
     */
    public List<String> unwrap(@Body String message) {
        ObjectNode root = object(message);
        JsonNode records = root.get("Records");
        if (records == null) {
            return List.of(
                    root.has("detail-type") && root.path("detail").isObject()
                            ? root.get("detail").toString()
                            : message);
        }
        List<String> bodies = new ArrayList<>();
        for (JsonNode item : records) {
            JsonNode body = item.get("body");
            if ((body == null || body.isNull()) && records.size() > 1) {
                ObjectNode alone = json.createObjectNode();
                alone.putArray("Records").add(item);
                bodies.add(alone.toString());
                continue;
            }
            if (body == null || body.isNull()) {
                throw wrong("Records[" + bodies.size() + "].body", null, "a request");
            }
            bodies.add(body.isTextual() ? SnsEnvelope.open(body.textValue()) : body.toString());
        }
        if (bodies.isEmpty()) {
            throw new MalformedMessageException("Records is empty: it must contain one or more requests");
        }
        return bodies;
    }

    /** @return the request with this id if it has none */
    String named(String body, String clipId) {
        ObjectNode root = object(body);
        return root.hasNonNull("clipId") ? body : root.put("clipId", clipId).toString();
    }

    /**
     * @param body one plain request; numbers may be strings of digits
     * @throws MalformedMessageException if a field is invalid; names the first one
     */
    public ClipRequest read(@Body String body) {
        ObjectNode root = object(body);
        List<Long> retries = new ArrayList<>();
        JsonNode retryTimestamps = root.path("retryTimestamps");
        if (!retryTimestamps.isMissingNode() && !retryTimestamps.isNull() && !retryTimestamps.isArray()) {
            throw wrong("retryTimestamps", retryTimestamps, "a list of milliseconds since 1970");
        }
        if (retryTimestamps.size() > ClipRequest.MOST_TIMESTAMPS) {
            throw new MalformedMessageException(new InvalidField(
                    "retryTimestamps", retryTimestamps.size() + " numbers", "at most " + ClipRequest.MOST_TIMESTAMPS));
        }
        retryTimestamps.forEach(t -> retries.add(milliseconds("retryTimestamps", t)));
        return new ClipRequest(
                identifier(root, "clipId"),
                identifier(root, "cameraId"),
                instant(root, "startTimestampInMs"),
                instant(root, "endTimestampInMs"),
                title(root.path("title")),
                List.copyOf(retries),
                Math.max(retries.size(), root.path("sequence").asInt()));
    }

    /**
     * Reads the valid fields of a malformed message.
     *
     * @return a request whose invalid fields are null; its {@code clipId} is never null
     * @throws MalformedMessageException if the {@code clipId} is missing or invalid
     */
    ClipRequest readAvailableFields(String body) {
        ObjectNode root = object(body);
        return new ClipRequest(
                identifier(root, "clipId"),
                orNull(() -> identifier(root, "cameraId")),
                orNull(() -> instant(root, "startTimestampInMs")),
                orNull(() -> instant(root, "endTimestampInMs")),
                List.of());
    }

    private static <T> T orNull(Supplier<T> field) {
        try {
            return field.get();
        } catch (MalformedMessageException e) {
            return null;
        }
    }

    /** @return a plain request, from its {@link ClipRequest#identity()} and {@link ClipRequest#message()} */
    public String write(String identity, String message) {
        ObjectNode root = object(identity);
        ArrayNode retries = root.putArray("retryTimestamps");
        ObjectNode rest = object(message);
        rest.path("retryTimestamps").forEach(retries::add);
        if (rest.has("sequence")) {
            root.set("sequence", rest.get("sequence"));
        }
        return root.toString();
    }

    /** @return the identity of all malformed requests with this id */
    String identity(String clipId) {
        return json.createObjectNode().put("clipId", clipId).toString();
    }

    private ObjectNode object(String text) {
        try {
            if (json.readTree(text) instanceof ObjectNode root) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException("not JSON: " + OneLine.of(e.getOriginalMessage(), LONGEST_ERROR), e);
        }
        throw new MalformedMessageException("'" + shown(text) + "' is not a JSON object");
    }

    /** A queue's message with another form of title is no worse than one without. */
    private static String title(JsonNode value) {
        String text = value.isTextual() ? value.textValue() : "";
        boolean isShowable = !text.isBlank()
                && text.codePointCount(0, text.length()) <= LONGEST_TITLE
                && text.codePoints().noneMatch(ClipMessages::isNoCharacter);
        return isShowable ? text : null;
    }

    /** Line breaks, other controls, and halves of characters, which have no form in UTF-8. */
    private static boolean isNoCharacter(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    private static String identifier(ObjectNode root, String field) {
        JsonNode value = root.get(field);
        String text = value != null && (value.isTextual() || value.isIntegralNumber()) ? value.asText() : null;
        if (!Identifier.isValid(text)) {
            throw wrong(field, value, Identifier.ALLOWED);
        }
        return text;
    }

    private static Instant instant(ObjectNode root, String field) {
        return Instant.ofEpochMilli(milliseconds(field, root.get(field)));
    }

    private static long milliseconds(String field, JsonNode value) {
        String text = value == null ? "" : value.asText();
        // a number with an exponent may have a billion digits
        boolean isSmall = value != null
                && value.isFloatingPointNumber()
                && value.decimalValue().abs().compareTo(BigDecimal.valueOf(LATEST)) <= 0;
        if (isSmall && value.canConvertToExactIntegral()) {
            text = value.bigIntegerValue().toString();
        }
        if (text.matches("\\d{1,15}") && Long.parseLong(text) <= LATEST) {
            return Long.parseLong(text);
        }
        throw wrong(field, value, "milliseconds since 1970, a whole number up to " + LATEST);
    }

    private static MalformedMessageException wrong(String field, JsonNode value, String allowed) {
        return new MalformedMessageException(
                new InvalidField(field, value == null ? null : shown(value.toString()), allowed));
    }

    /** Shortens the text to one line, for the log. */
    private static String shown(String text) {
        return OneLine.of(text, SHOWN);
    }
}
