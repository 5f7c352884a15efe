package routes.support;

import static routes.support.RunLocally.say;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.services.sqs.model.Message;

/** One clip for the local run: asked for on the queue, and shown as its client would get it. */
final class DemoClip {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LINK_LIFE = Duration.ofHours(1);
    private static final Path FOLDER = Path.of("target", "demo");

    private final ObjectMapper json = new ObjectMapper();
    private final LocalCloud cloud;
    private final String clipId = "demo-" + Instant.now().toEpochMilli();

    DemoClip(LocalCloud cloud) {
        this.cloud = cloud;
    }

    /**
     * @param start inclusive
     * @param end exclusive
     */
    void request(Instant start, Instant end) {
        String message = json.createObjectNode()
                .put("clipId", clipId)
                .put("cameraId", CameraApi.CAMERA_ID)
                .put("startTimestampInMs", start.toEpochMilli())
                .put("endTimestampInMs", end.toEpochMilli())
                .toString();
        cloud.sqs().sendMessage(r -> r.queueUrl(cloud.resources().queueUrl()).messageBody(message));
        say("sent to the queue " + cloud.resources().queue() + ": " + message);
    }

    /** Waits for the notification, prints where everything is, and copies it. */
    void show() throws IOException {
        String notification = notification();
        JsonNode document =
                json.readTree(json.readTree(notification).get("Message").textValue());
        String status = document.get("status").textValue();
        if (!status.equals("CLIP_AVAILABLE")) {
            throw new IllegalStateException("the clip ended with " + status + ": "
                    + document.path("reason").asText());
        }
        FileSystemUtils.deleteRecursively(FOLDER);
        Files.createDirectories(FOLDER);
        say("the notification as received from SNS:");
        say(notification);
        for (String key : keys(document)) {
            Path copy = FOLDER.resolve(key.substring(key.lastIndexOf('/') + 1));
            cloud.s3().getObject(r -> r.bucket(bucket()).key(key), copy);
            say(copy + " from " + link(key));
        }
    }

    private String notification() {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            List<Message> messages = cloud.sqs()
                    .receiveMessage(
                            r -> r.queueUrl(cloud.resources().inboxUrl()).waitTimeSeconds(5))
                    .messages();
            for (Message message : messages) {
                cloud.sqs().deleteMessage(r -> r.queueUrl(cloud.resources().inboxUrl())
                        .receiptHandle(message.receiptHandle()));
                if (message.body().contains(clipId)) {
                    return message.body();
                }
            }
        }
        throw new IllegalStateException("no notification came within " + PATIENCE.toSeconds() + " s");
    }

    private static List<String> keys(JsonNode document) {
        List<String> keys = new ArrayList<>();
        keys.add(key(document.at("/clip/key").textValue()));
        String template = key(document.at("/thumbnail/key").textValue());
        document.at("/thumbnail/sizes").forEach(size -> keys.add(template.replace("{size}", size.asText())));
        return keys;
    }

    private static String key(String withSlash) {
        return withSlash.substring(1);
    }

    private String bucket() {
        return cloud.resources().clipsBucket();
    }

    private String link(String key) {
        return cloud.presigner()
                .presignGetObject(p -> p.signatureDuration(LINK_LIFE)
                        .getObjectRequest(r -> r.bucket(bucket()).key(key)))
                .url()
                .toString();
    }
}
