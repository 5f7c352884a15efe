package routes.support;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A client of the service: it sends requests to the queue and reads topic, bucket and table. */
public final class ClipClient {
    public static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalCloud cloud;
    private final LocalResources resources;
    private final List<JsonNode> heard = new ArrayList<>();
    /** Of the documents of the same place. */
    private final List<JsonNode> attributes = new ArrayList<>();

    public ClipClient(LocalCloud cloud, LocalResources resources) {
        this.cloud = cloud;
        this.resources = resources;
    }

    public static String newId() {
        return "clip-" + UUID.randomUUID();
    }

    /**
     * @param start inclusive
     * @param end exclusive
     */
    public static ObjectNode request(String clipId, Instant start, Instant end) {
        ObjectNode request = JSON.createObjectNode().put("clipId", clipId);
        request.putArray("retryTimestamps");
        return request.put("cameraId", CameraApi.CAMERA_ID)
                .put("startTimestampInMs", start.toEpochMilli())
                .put("endTimestampInMs", end.toEpochMilli());
    }

    public void send(String message) {
        send(message, Map.of());
    }

    /** @param attributes of the SQS message, as text */
    public void send(String message, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new HashMap<>();
        attributes.forEach((name, text) -> values.put(
                name,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(text)
                        .build()));
        cloud.sqs()
                .sendMessage(r ->
                        r.queueUrl(resources.queueUrl()).messageBody(message).messageAttributes(values));
    }

    /** Sends a message to the dead-letter queue, as SQS does after its last receive. */
    public void sendDeadLetter(String message) {
        cloud.sqs().sendMessage(r -> r.queueUrl(resources.deadLettersUrl()).messageBody(message));
    }

    /** @return number of invisible dead letters: in progress, or kept for an operator */
    public int keptDeadLetters() {
        QueueAttributeName count = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;
        return Integer.parseInt(cloud.sqs()
                .getQueueAttributes(r -> r.queueUrl(resources.deadLettersUrl()).attributeNames(count))
                .attributes()
                .get(count));
    }

    /** @return the first document published about a clip; waits for it */
    public JsonNode heardOf(String clipId) {
        await().atMost(PATIENCE).until(() -> !allHeardOf(clipId).isEmpty());
        return allHeardOf(clipId).get(0);
    }

    /** @return every document published about a clip so far */
    public synchronized List<JsonNode> allHeardOf(String clipId) {
        listen();
        return heard.stream()
                .filter(d -> d.path("clipId").asText().equals(clipId))
                .toList();
    }

    /** @return the SNS message attributes of the first document published about a clip, with types and values, by name */
    public JsonNode attributesOf(String clipId) {
        JsonNode document = heardOf(clipId);
        synchronized (this) {
            return attributes.get(heard.indexOf(document));
        }
    }

    private void listen() {
        for (Message message : receive(resources.inboxUrl())) {
            JsonNode envelope = json(message.body());
            heard.add(json(envelope.get("Message").textValue()));
            attributes.add(envelope.path("MessageAttributes"));
        }
    }

    /** @return messages of the dead-letter queue, deleted from it */
    public List<String> deadLetters() {
        return receive(resources.deadLettersUrl()).stream().map(Message::body).toList();
    }

    /** @return number of requests in the queue: visible, and in flight */
    public List<Integer> waitingRequests() {
        var counts = cloud.sqs()
                .getQueueAttributes(r -> r.queueUrl(resources.queueUrl())
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return List.of(
                Integer.valueOf(counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)),
                Integer.valueOf(counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)));
    }

    private List<Message> receive(String url) {
        List<Message> messages = cloud.sqs()
                .receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10))
                .messages();
        messages.forEach(m -> cloud.sqs().deleteMessage(r -> r.queueUrl(url).receiptHandle(m.receiptHandle())));
        return messages;
    }

    /** @return the job's item, empty if there is none */
    public Map<String, AttributeValue> job(String clipId) {
        return cloud.dynamoDb()
                .getItem(r -> r.tableName(resources.jobsTable())
                        .key(Map.of("jobId", AttributeValue.fromS(clipId)))
                        .consistentRead(true))
                .item();
    }

    /** @return the status of every job, by its id */
    public Map<String, String> jobStatuses() {
        return cloud.dynamoDb().scanPaginator(r -> r.tableName(resources.jobsTable())).items().stream()
                .filter(item -> item.containsKey("status"))
                .collect(Collectors.toMap(
                        job -> job.get("jobId").s(), job -> job.get("status").s()));
    }

    public String jobStatus(String clipId) {
        AttributeValue status = job(clipId).get("status");
        return status == null ? "none" : status.s();
    }

    public void awaitStatus(String clipId, String status) {
        await().atMost(PATIENCE).until(() -> jobStatus(clipId).equals(status));
    }

    /** @return keys of the camera that begin with the clip's id */
    public List<String> objects(String clipId) {
        return objectsBelow(CameraApi.CAMERA_ID + "/" + clipId);
    }

    /** @return keys of the clips bucket with this prefix */
    public List<String> objectsBelow(String prefix) {
        return cloud.s3().listObjectsV2(r -> r.bucket(resources.clipsBucket()).prefix(prefix)).contents().stream()
                .map(o -> o.key())
                .toList();
    }

    public Path download(String key, Path to) {
        cloud.s3().getObject(r -> r.bucket(resources.clipsBucket()).key(key), to);
        return to;
    }

    public String contentType(String key) {
        return cloud.s3()
                .headObject(r -> r.bucket(resources.clipsBucket()).key(key))
                .contentType();
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
