package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The events of the local MediaConvert, sent to queues as EventBridge does. By default each is sent once, as soon as it
 * arises. A test may {@link #drop} them, have them {@link #repeat}ed, or {@link #hold} them and {@link #send} them itself,
 * in its own order and as often as it likes.
 */
public final class MediaConvertEvents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SqsClient sqs;
    /** URLs of queues by the prefix of the inputs of jobs. */
    private final Map<String, String> rules = new ConcurrentHashMap<>();

    /** URLs of queues by the id of jobs. */
    private final Map<String, String> targets = new ConcurrentHashMap<>();

    private final List<ObjectNode> held = new ArrayList<>();
    private boolean isHeld;
    private Set<String> dropped = Set.of();
    private int times = 1;

    MediaConvertEvents(SqsClient sqs) {
        this.sqs = sqs;
    }

    /**
     * Adds a rule: events of jobs whose input is in the bucket go to the queue.
     *
     * @param inputBucket name of the bucket
     */
    void addRule(String inputBucket, String queueUrl) {
        rules.put("s3://" + inputBucket + "/", queueUrl);
    }

    /** From now on events are kept in {@link #held}, and only {@link #send} sends any. */
    public synchronized void hold() {
        isHeld = true;
    }

    /** @return the kept events of a job so far, in the order in which they arose, with {@code detail.status} and so on */
    public synchronized List<JsonNode> held(String engineId) {
        List<JsonNode> events = new ArrayList<>();
        for (ObjectNode event : held) {
            if (event.at("/detail/jobId").asText().equals(engineId)) {
                events.add(event.deepCopy());
            }
        }
        return events;
    }

    /** From now on events with these statuses, such as {@code COMPLETE}, are lost. */
    public synchronized void drop(String... statuses) {
        dropped = Set.of(statuses);
    }

    /** From now on each event is sent so many times, as one event with one id. */
    public synchronized void repeat(int number) {
        times = number;
    }

    /** From now on each event is sent once, as soon as it arises. What was held is not sent. */
    public synchronized void reset() {
        isHeld = false;
        held.clear();
        dropped = Set.of();
        times = 1;
    }

    /** Sends an event of a job to the queue of the job's rule, whatever else is set. */
    public void send(JsonNode event) {
        String url = targets.get(event.at("/detail/jobId").asText());
        if (url != null) {
            sqs.sendMessage(r -> r.queueUrl(url).messageBody(event.toString()));
        }
    }

    /** Finds the rule of a new job. */
    void add(MediaConvertJob job) {
        rules.forEach((prefix, url) -> {
            if (job.input().startsWith(prefix)) {
                targets.put(job.id(), url);
            }
        });
    }

    /**
     * An event of a job as it is now, not sent.
     *
     * @param details adds what events of that status have
     */
    ObjectNode event(MediaConvertJob job, String status, Consumer<ObjectNode> details) {
        Instant now = Instant.now();
        ObjectNode event = JSON.createObjectNode()
                .put("version", "0")
                .put("id", UUID.randomUUID().toString())
                .put("detail-type", "MediaConvert Job State Change")
                .put("source", "aws.mediaconvert")
                .put("account", LocalCloud.ACCOUNT)
                .put("time", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", LocalCloud.REGION);
        JsonNode state = job.json();
        event.putArray("resources").add(state.path("arn").asText());
        ObjectNode detail = event.putObject("detail")
                .put("timestamp", now.toEpochMilli())
                .put("accountId", LocalCloud.ACCOUNT)
                .put("queue", state.path("queue").asText())
                .put("jobId", job.id())
                .put("status", status);
        detail.set("userMetadata", state.has("userMetadata") ? state.get("userMetadata") : JSON.createObjectNode());
        details.accept(detail);
        return event;
    }

    /** Takes an event as it arises. */
    void arise(ObjectNode event) {
        int number;
        synchronized (this) {
            if (dropped.contains(event.at("/detail/status").asText())) {
                return;
            }
            if (isHeld) {
                held.add(event);
                return;
            }
            number = times;
        }
        try {
            for (int i = 0; i < number; i++) {
                send(event);
            }
        } catch (RuntimeException e) {
            // also when the servers stop
            System.getLogger(MediaConvertEvents.class.getName())
                    .log(System.Logger.Level.WARNING, "an event is lost", e);
        }
    }
}
