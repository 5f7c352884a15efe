package routes.support;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A client that uploads films, and reads jobs, streams and what is published about them. */
public final class TranscodeClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OUTPUT = "transcodes/";

    private final LocalCloud cloud;
    private final LocalResources resources;
    private final ApiClient api;
    private final List<JsonNode> heard = new ArrayList<>();

    public TranscodeClient(LocalCloud cloud, LocalResources resources, ApiClient api) {
        this.cloud = cloud;
        this.resources = resources;
        this.api = api;
    }

    /** @return the ETag without quotes */
    public String upload(String key, byte[] film) {
        return cloud.s3()
                .putObject(r -> r.bucket(resources.uploadBucket()).key(key), RequestBody.fromBytes(film))
                .eTag()
                .replace("\"", "");
    }

    public void remove(String key) {
        cloud.s3().deleteObject(r -> r.bucket(resources.uploadBucket()).key(key));
    }

    public void send(String message) {
        cloud.sqs().sendMessage(r -> r.queueUrl(resources.transcodeQueueUrl()).messageBody(message));
    }

    /** @return the jobs of a film, newest first */
    public List<JsonNode> jobs(String inputFile) {
        List<JsonNode> jobs = new ArrayList<>();
        String query = URLEncoder.encode(inputFile, StandardCharsets.UTF_8);
        api.get("/jobs?inputFile=" + query).body().path("jobs").forEach(jobs::add);
        return jobs;
    }

    /** @return the newest job of a film once it has this status */
    public JsonNode awaited(String inputFile, String status) {
        return await("the job of " + inputFile)
                .atMost(PATIENCE)
                .until(
                        () -> jobs(inputFile),
                        jobs -> !jobs.isEmpty()
                                && jobs.get(0).path("status").asText().equals(status))
                .get(0);
    }

    /** @return the job once it has this status */
    public JsonNode awaitedJob(String jobId, String status) {
        return await("job " + jobId)
                .atMost(PATIENCE)
                .until(
                        () -> api.get("/jobs/" + jobId).body(),
                        job -> job.path("status").asText().equals(status));
    }

    /** @return keys of the job's objects, of all runs */
    public List<String> objects(String jobId) {
        return cloud
                .s3()
                .listObjectsV2(r -> r.bucket(resources.clipsBucket()).prefix(OUTPUT + jobId + "/"))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    /** Stores an object as an interrupted conversion leaves it. */
    public void leave(String key) {
        cloud.s3().putObject(r -> r.bucket(resources.clipsBucket()).key(key), RequestBody.fromString("left"));
    }

    public byte[] object(String key) {
        return cloud.s3()
                .getObjectAsBytes(r -> r.bucket(resources.clipsBucket()).key(key))
                .asByteArray();
    }

    /** @return the item of the job's key, empty if there is none */
    public Map<String, AttributeValue> key(String jobId) {
        return cloud.dynamoDb()
                .getItem(r -> r.tableName(resources.keysTable())
                        .key(Map.of("jobId", AttributeValue.fromS(jobId)))
                        .consistentRead(true))
                .item();
    }

    /** @return every item of the jobs table, as text */
    public List<String> jobItems() {
        return cloud.dynamoDb().scanPaginator(r -> r.tableName(resources.jobsTable())).items().stream()
                .map(Object::toString)
                .toList();
    }

    /** @return the documents published about a job so far; waits for one */
    public List<JsonNode> heardOf(String jobId) {
        return await("an announcement of " + jobId)
                .atMost(PATIENCE)
                .until(() -> allHeardOf(jobId), documents -> !documents.isEmpty());
    }

    private List<JsonNode> allHeardOf(String jobId) {
        for (Message message : cloud.sqs()
                .receiveMessage(r -> r.queueUrl(resources.inboxUrl()).maxNumberOfMessages(10))
                .messages()) {
            cloud.sqs().deleteMessage(r -> r.queueUrl(resources.inboxUrl()).receiptHandle(message.receiptHandle()));
            heard.add(ClipClient.json(
                    ClipClient.json(message.body()).get("Message").textValue()));
        }
        return heard.stream()
                .filter(document -> document.path("jobId").asText().equals(jobId))
                .toList();
    }

    /** Waits until the queue holds no message, in flight or not. */
    public void awaitEmptyQueue() {
        await("an empty queue").atMost(PATIENCE).until(() -> messages(resources.transcodeQueueUrl()), n -> n == 0);
    }

    /** @return number of dead letters, those kept for an operator included */
    public int deadLetters() {
        return messages(resources.transcodeDeadLettersUrl());
    }

    private int messages(String url) {
        return cloud
                .sqs()
                .getQueueAttributes(r -> r.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }
}
