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
import software.amazon.awssdk.services.sqs.model.Message;

/** Shows a client's view of a request on the terminal: a clip, another outcome, or that it waits. */
final class DemoClip {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The service waits up to 15 minutes for footage. */
    private static final Duration PATIENCE_WITH_FOOTAGE = Duration.ofMinutes(17);

    private static final Duration LINK_LIFE = Duration.ofHours(1);
    /** Folder of the last run's clips and thumbnails. */
    static final Path FOLDER = Path.of("target", "demo");

    private final ObjectMapper json = new ObjectMapper();
    private final LocalCloud cloud;
    private final ClipClient client;
    private final String clipId;
    private final LastWarning warning;
    private final Instant asked = Instant.now();

    DemoClip(LocalCloud cloud, String clipId) {
        this.cloud = cloud;
        this.client = new ClipClient(cloud, cloud.resources());
        this.clipId = clipId;
        this.warning = LastWarning.about(clipId);
    }

    /**
     * Waits for the outcome and prints it.
     *
     * @param once whether to return as soon as the request waits for footage
     * @return the outcome; CLIP_PENDING if it had to wait, whatever followed
     */
    String show(boolean once) throws IOException {
        String notification = null;
        boolean waits = false;
        while (notification == null) {
            notification = receive();
            if (!waits && client.jobStatus(clipId).equals("WAITING")) {
                waits = true;
                say(clipId + " waits for footage and is not published yet; the next check is in a minute");
                if (once) {
                    return "CLIP_PENDING";
                }
            }
            if (asked.plus(waits ? PATIENCE_WITH_FOOTAGE : PATIENCE).isBefore(Instant.now())) {
                throw new IllegalStateException("no notification about " + clipId + " arrived; job status: "
                        + client.jobStatus(clipId) + "; the last warning: " + warning);
            }
        }
        say("the notification as received from SNS:");
        say(notification);
        JsonNode document =
                json.readTree(json.readTree(notification).get("Message").textValue());
        String outcome = document.get("status").textValue();
        if (outcome.equals("CLIP_AVAILABLE")) {
            copy(document);
        } else {
            client.awaitStatus(clipId, "FAILED");
            say("the job of " + clipId + " is FAILED: " + outcome + " "
                    + document.path("reason").asText());
        }
        return waits ? "CLIP_PENDING" : outcome;
    }

    private void copy(JsonNode document) throws IOException {
        Files.createDirectories(FOLDER);
        for (String key : keys(document)) {
            Path copy = client.download(key, FOLDER.resolve(key.substring(key.lastIndexOf('/') + 1)));
            say(copy + " from " + link(key));
        }
    }

    /** @return null if none came within a second */
    private String receive() {
        List<Message> messages = cloud.sqs()
                .receiveMessage(r -> r.queueUrl(cloud.resources().inboxUrl())
                        .waitTimeSeconds(1)
                        .visibilityTimeout(1))
                .messages();
        for (Message message : messages) {
            if (message.body().contains(clipId)) {
                cloud.sqs().deleteMessage(r -> r.queueUrl(cloud.resources().inboxUrl())
                        .receiptHandle(message.receiptHandle()));
                return message.body();
            }
        }
        return null;
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
