package routes.transcode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import routes.failure.InvalidField;
import routes.failure.MalformedMessageException;
import routes.failure.OneLine;
import routes.jobs.Identifier;
import routes.jobs.Job;
import routes.settings.Settings;

/** Reads and writes the messages of the transcode queue: events of S3, and requests in the form that this class writes. */
@Component
@Conditional(TranscodeSwitch.class)
class TranscodeMessages {
    private static final Logger LOG = LoggerFactory.getLogger(TranscodeMessages.class);
    private static final int SHOWN = 60;
    private static final int LONGEST_ERROR = 150;
    /** Those of all settings: a job keeps its engine. */
    private static final List<String> ENGINES = List.of(TranscodeRequest.FFMPEG, TranscodeRequest.MEDIACONVERT);

    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final S3Events events;
    private final String engine;

    TranscodeMessages(Settings settings) {
        this.events = new S3Events(settings.transcode().bucket());
        this.engine = settings.transcode().engine();
    }

    /**
     * @param message a request, or one or several events
     * @return the requests, each as text; empty if no film was uploaded. One of several records that is malformed is
     *     returned as an event of its own, so that it fails separately
     * @throws MalformedMessageException if it is neither
     */
    List<String> unwrap(String message) {
        ObjectNode root = object(message);
        if (S3Events.isTest(root)) {
            LOG.info(
                    "the notifications of a bucket are set up: {}",
                    OneLine.of(root.path("Bucket").asText(), SHOWN));
            return List.of();
        }
        if (root.has("Records")) {
            return ofRecords(root.get("Records"));
        }
        if (S3Events.isOfEventBridge(root)) {
            return events.ofEventBridge(root).map(this::request).stream().toList();
        }
        return List.of(message);
    }

    private List<String> ofRecords(JsonNode records) {
        if (records.isEmpty()) {
            throw new MalformedMessageException("Records is empty: it must contain one or more events");
        }
        List<String> requests = new ArrayList<>();
        for (JsonNode one : records) {
            try {
                events.ofNotification(one).map(this::request).ifPresent(requests::add);
            } catch (MalformedMessageException e) {
                if (records.size() == 1) {
                    throw e;
                }
                ObjectNode alone = json.createObjectNode();
                alone.putArray("Records").add(one);
                requests.add(alone.toString());
            }
        }
        return requests;
    }

    private String request(UploadedObject object) {
        TranscodeRequest request = TranscodeRequest.of(object, object.jobId(), engine);
        return write(request.identity(), request.message());
    }

    /**
     * @param text of one request
     * @throws MalformedMessageException names the first invalid field
     */
    TranscodeRequest read(String text) {
        ObjectNode root = object(text);
        String id = id(root);
        String key = root.path("inputFile").asText();
        if (!InputKey.isValid(key) || InputKey.isOutput(key)) {
            throw wrong("inputFile", root.get("inputFile"), InputKey.ALLOWED + ", not below 'transcodes/'");
        }
        String named = root.path("engine").asText();
        if (!ENGINES.contains(named)) {
            throw wrong("engine", root.get("engine"), String.join(" or ", ENGINES));
        }
        return request(root, id, key, named);
    }

    private static TranscodeRequest request(JsonNode root, String id, String key, String named) {
        JsonNode uploadedAt = root.path("uploadedAt");
        return new TranscodeRequest(
                id,
                key,
                named,
                root.path("versionId").asText(null),
                root.path("eTag").asText(null),
                uploadedAt.isIntegralNumber() ? Instant.ofEpochMilli(uploadedAt.longValue()) : null);
    }

    /**
     * Reads the valid fields of a malformed request.
     *
     * @return a request whose invalid fields are null, except its id
     * @throws MalformedMessageException if it has no id
     */
    TranscodeRequest readAvailableFields(String text) {
        ObjectNode root = object(text);
        String id = id(root);
        return Optional.of(root.path("inputFile").asText())
                .filter(InputKey::isValid)
                .map(key -> request(root, id, key, root.path("engine").asText(null)))
                .orElseGet(() -> new TranscodeRequest(id, null, null, null, null, null));
    }

    /** @return the request as text, from its identity and message */
    String write(String identity, String message) {
        return object(identity).setAll(object(message)).toString();
    }

    /**
     * @param text of one request
     * @param known its job; null if there is none yet
     * @return the request, with the engine that its job has had from the beginning
     */
    String asOpened(String text, TranscodeRequest request, Job known) {
        String first = known == null || request.uploadedAt() == null ? null : TranscodeRequest.engineOf(known);
        if (first == null || first.equals(request.engine())) {
            return text;
        }
        TranscodeRequest same = request.withEngine(first);
        return write(same.identity(), same.message());
    }

    /** @return the identity of all malformed requests with this id */
    String identity(String jobId) {
        return json.createObjectNode().put("jobId", jobId).toString();
    }

    private ObjectNode object(String text) {
        try {
            if (json.readTree(text) instanceof ObjectNode root) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException("not JSON: " + OneLine.of(e.getOriginalMessage(), LONGEST_ERROR), e);
        }
        throw new MalformedMessageException("'" + OneLine.of(text, SHOWN) + "' is not a JSON object");
    }

    private static String id(ObjectNode root) {
        String id = root.path("jobId").asText();
        if (!Identifier.isValid(id)) {
            throw wrong("jobId", root.get("jobId"), Identifier.ALLOWED);
        }
        return id;
    }

    private static MalformedMessageException wrong(String field, JsonNode value, String allowed) {
        return new MalformedMessageException(
                new InvalidField(field, value == null ? null : OneLine.of(value.toString(), SHOWN), allowed));
    }
}
