package routes.transcode;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.failure.InvalidField;
import routes.failure.MalformedMessageException;
import routes.failure.OneLine;

/** Reads events of S3, as its notifications and as EventBridge deliver them. */
final class S3Events {
    private static final Logger LOG = LoggerFactory.getLogger(S3Events.class);
    private static final String CREATED = "ObjectCreated:";
    private static final String CREATED_BY_EVENTBRIDGE = "Object Created";
    private static final int SHOWN = 200;

    private final String bucket;

    /** @param bucket of uploads; an event of another one is malformed */
    S3Events(String bucket) {
        this.bucket = bucket;
    }

    /** @return whether the message only tests the bucket's notifications */
    static boolean isTest(JsonNode message) {
        return message.path("Event").asText().equals("s3:TestEvent");
    }

    /** @return whether EventBridge sent the message for S3 */
    static boolean isOfEventBridge(JsonNode message) {
        return message.path("source").asText().equals("aws.s3")
                && message.path("detail").isObject();
    }

    /**
     * @param root one of the {@code Records} of a notification; its key is form-encoded
     * @return empty if no film was uploaded, which is logged
     * @throws MalformedMessageException names the first invalid field
     */
    Optional<UploadedObject> ofNotification(JsonNode root) {
        String name = root.path("eventName").asText();
        JsonNode s3 = root.path("s3");
        JsonNode object = s3.path("object");
        String key = decoded(text(object, "Records[].s3.object.", "key"));
        if (!name.startsWith(CREATED)) {
            return ignored(name, key);
        }
        return uploaded(
                text(s3.path("bucket"), "Records[].s3.bucket.", "name"),
                new UploadedObject(
                        bucket,
                        key,
                        object.path("versionId").asText(null),
                        object.path("eTag").asText(null),
                        object.path("sequencer").asText(null),
                        time(root.path("eventTime"))),
                object.path("size").asLong(1));
    }

    /**
     * @param root an event of EventBridge; its key is not encoded
     * @return empty if no film was uploaded, which is logged
     * @throws MalformedMessageException names the first invalid field
     */
    Optional<UploadedObject> ofEventBridge(JsonNode root) {
        String name = root.path("detail-type").asText();
        JsonNode object = root.path("detail").path("object");
        String key = text(object, "detail.object.", "key");
        if (!name.equals(CREATED_BY_EVENTBRIDGE)) {
            return ignored(name, key);
        }
        return uploaded(
                text(root.path("detail").path("bucket"), "detail.bucket.", "name"),
                new UploadedObject(
                        bucket,
                        key,
                        object.path("version-id").asText(null),
                        object.path("etag").asText(null),
                        object.path("sequencer").asText(null),
                        time(root.path("time"))),
                object.path("size").asLong(1));
    }

    private Optional<UploadedObject> uploaded(String inBucket, UploadedObject object, long bytes) {
        if (!inBucket.equals(bucket)) {
            throw new MalformedMessageException(
                    new InvalidField("bucket", OneLine.of(inBucket, SHOWN), "that of TRANSCODE_BUCKET"));
        }
        if (InputKey.isOutput(object.key())) {
            return ignored("a stored stream", object.key());
        }
        // how consoles create a folder
        if (bytes == 0 && object.key().endsWith("/")) {
            return ignored("a folder", object.key());
        }
        return Optional.of(object);
    }

    private static Optional<UploadedObject> ignored(String what, String key) {
        LOG.info("event ignored: {}: {}", OneLine.of(what, SHOWN), OneLine.of(key, SHOWN));
        return Optional.empty();
    }

    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException(
                    new InvalidField("Records[].s3.object.key", OneLine.of(key, SHOWN), "form-encoded"));
        }
    }

    private static String text(JsonNode parent, String path, String field) {
        String text = parent.path(field).asText();
        if (text.isEmpty()) {
            throw new MalformedMessageException(new InvalidField(path + field, null, "a text"));
        }
        return text;
    }

    /** @return null if there is none */
    private static Instant time(JsonNode text) {
        try {
            return text.isTextual() ? OffsetDateTime.parse(text.textValue()).toInstant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
