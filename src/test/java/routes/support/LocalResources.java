package routes.support;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The AWS resources of the service, by name and address. The same for the embedded servers and for any other endpoint.
 *
 * @param queueUrl clip requests; after ten receives a message moves to {@code deadLettersUrl}
 * @param inboxUrl subscribed to the topic, without raw delivery: a subscriber's view
 * @param uploadBucket films; each new object is reported to the transcode queue
 * @param keysTable keys of streams
 * @param transcodeEventsUrl receives the events of MediaConvert; after ten receives a message moves to
 *     {@code transcodeEventsDeadLettersUrl}
 */
public record LocalResources(
        String queue,
        String queueUrl,
        String deadLettersUrl,
        String topic,
        String topicArn,
        String inboxUrl,
        String originBucket,
        String uploadBucket,
        String clipsBucket,
        String jobsTable,
        String transcodeQueueUrl,
        String transcodeDeadLettersUrl,
        String keysTable,
        String transcodeEventsUrl,
        String transcodeEventsDeadLettersUrl) {
    /** Prefix of recordings in the origin bucket. */
    public static final String ORIGIN_DIR = "rewind";

    public static final String MEDIACONVERT_ROLE = "arn:aws:iam::" + LocalCloud.ACCOUNT + ":role/camclips-mediaconvert";

    public static final int MAX_RECEIVES = 10;
    public static final int VISIBILITY_SECONDS = 120;

    /**
     * Creates the resources.
     *
     * @param suffix appended to every name, so that several sets can coexist; lower case, digits, hyphens; empty for
     *     the plain names
     */
    public static LocalResources create(CloudClients aws, String suffix) {
        SqsClient sqs = aws.sqs();
        String queue = "camclips-clips" + suffix;
        String transcodes = "camclips-transcodes" + suffix;
        String deadLetters = queue(sqs, queue + "-dead-letters", Map.of());
        String transcodeDeadLetters = queue(sqs, transcodes + "-dead-letters", Map.of());
        String transcodeEvents = "camclips-transcode-events" + suffix;
        String transcodeEventsDeadLetters = queue(sqs, transcodeEvents + "-dead-letters", Map.of());
        String topic = "camclips-events" + suffix;
        String topicArn = aws.sns().createTopic(request -> request.name(topic)).topicArn();
        String inbox = queue(sqs, "camclips-inbox" + suffix, Map.of());
        subscribe(aws, topicArn, inbox);
        return new LocalResources(
                queue,
                workQueue(sqs, queue, deadLetters),
                deadLetters,
                topic,
                topicArn,
                inbox,
                bucket(aws.s3(), "camclips-origin" + suffix),
                bucket(aws.s3(), "camclips-upload" + suffix),
                bucket(aws.s3(), "camclips-clips" + suffix),
                LocalJobsTable.create(aws.dynamoDb(), "camclips-jobs" + suffix),
                workQueue(sqs, transcodes, transcodeDeadLetters),
                transcodeDeadLetters,
                LocalKeysTable.create(aws.dynamoDb(), "camclips-keys" + suffix),
                workQueue(sqs, transcodeEvents, transcodeEventsDeadLetters),
                transcodeEventsDeadLetters);
    }

    /** Lets the bucket of uploads report to the transcode queue, in an AWS that has notifications. */
    void notifyOfUploads(CloudClients aws) {
        String queueArn = arn(aws.sqs(), transcodeQueueUrl);
        String policy =
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},\
                "Action":"sqs:SendMessage","Resource":"%s","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:s3:::%s"}}}]}"""
                        .formatted(queueArn, uploadBucket);
        aws.sqs().setQueueAttributes(request -> request.queueUrl(transcodeQueueUrl)
                .attributes(Map.of(QueueAttributeName.POLICY, policy)));
        QueueConfiguration created = QueueConfiguration.builder()
                .queueArn(queueArn)
                .events(Event.S3_OBJECT_CREATED)
                .build();
        aws.s3().putBucketNotificationConfiguration(request -> request.bucket(uploadBucket)
                .notificationConfiguration(all -> all.queueConfigurations(created)));
    }

    /** Removes the table of keys, and creates it again with its items after something else. */
    public void withoutKeysTable(CloudClients aws, Runnable meanwhile) {
        List<Map<String, AttributeValue>> keys =
                aws.dynamoDb().scan(scan -> scan.tableName(keysTable)).items();
        aws.dynamoDb().deleteTable(table -> table.tableName(keysTable));
        aws.dynamoDb().waiter().waitUntilTableNotExists(table -> table.tableName(keysTable));
        try {
            meanwhile.run();
        } finally {
            LocalKeysTable.create(aws.dynamoDb(), keysTable);
            keys.forEach(key ->
                    aws.dynamoDb().putItem(put -> put.tableName(keysTable).item(key)));
        }
    }

    /** The service's settings for these resources, as environment variables. */
    public Map<String, String> settings() {
        return Map.ofEntries(
                entry("AWS_SQS_QUEUE", queue),
                entry("AWS_SQS_DEAD_LETTERS", nameOf(deadLettersUrl)),
                entry("AWS_SNS_TOPIC", topic),
                entry("S3_BUCKET_ORIGIN", originBucket),
                entry("S3_BUCKET_ORIGIN_DIR", ORIGIN_DIR),
                entry("S3_BUCKET_DESTINATION", clipsBucket),
                entry("JOBS_TABLE", jobsTable),
                entry("TRANSCODE_QUEUE", nameOf(transcodeQueueUrl)),
                entry("TRANSCODE_BUCKET", uploadBucket),
                entry("KEYS_TABLE", keysTable),
                entry("TRANSCODE_ENGINES", "ffmpeg mediaconvert"),
                entry("TRANSCODE_EVENTS_QUEUE", nameOf(transcodeEventsUrl)),
                entry("MEDIACONVERT_ROLE", MEDIACONVERT_ROLE),
                entry("MEDIACONVERT_JOB_TEMPLATE", MediaConvertSettings.TEMPLATE));
    }

    private static String nameOf(String queueUrl) {
        return queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
    }

    /** @return the URL of a new queue whose messages move to the dead letters after ten receives */
    private static String workQueue(SqsClient sqs, String name, String deadLettersUrl) {
        return queue(
                sqs,
                name,
                Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        String.valueOf(VISIBILITY_SECONDS),
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
                                .formatted(arn(sqs, deadLettersUrl), MAX_RECEIVES)));
    }

    private static String queue(SqsClient sqs, String name, Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(request -> request.queueName(name).attributes(attributes))
                .queueUrl();
    }

    private static String arn(SqsClient sqs, String url) {
        return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }

    private static void subscribe(CloudClients aws, String topicArn, String queueUrl) {
        String queueArn = arn(aws.sqs(), queueUrl);
        // without it AWS drops the topic's messages; the embedded queue ignores it
        String policy =
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},\
                "Action":"sqs:SendMessage","Resource":"%s","Condition":{"ArnEquals":{"aws:SourceArn":"%s"}}}]}"""
                        .formatted(queueArn, topicArn);
        aws.sqs().setQueueAttributes(request -> request.queueUrl(queueUrl)
                .attributes(Map.of(QueueAttributeName.POLICY, policy)));
        aws.sns()
                .subscribe(request -> request.topicArn(topicArn).protocol("sqs").endpoint(queueArn));
    }

    private static String bucket(S3Client s3, String name) {
        String region = s3.serviceClientConfiguration().region().id();
        s3.createBucket(request -> {
            request.bucket(name);
            // AWS rejects a location constraint for this region
            if (!region.equals("us-east-1")) {
                request.createBucketConfiguration(
                        where -> where.locationConstraint(BucketLocationConstraint.fromValue(region)));
            }
        });
        return name;
    }
}
