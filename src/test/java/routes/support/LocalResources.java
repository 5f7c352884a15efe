package routes.support;

import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The AWS resources of the service, by name and address. The same for the embedded servers and for any other endpoint.
 *
 * @param queueUrl clip requests; after ten receives a message moves to {@code deadLettersUrl}
 * @param inboxUrl subscribed to the topic, without raw delivery: a subscriber's view
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
        String jobsTable) {
    /** Prefix of recordings in the origin bucket. */
    public static final String ORIGIN_DIR = "rewind";

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
        String deadLetters = queue(sqs, queue + "-dead-letters", Map.of());
        String queueUrl = queue(
                sqs,
                queue,
                Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        String.valueOf(VISIBILITY_SECONDS),
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
                                .formatted(arn(sqs, deadLetters), MAX_RECEIVES)));
        String topic = "camclips-events" + suffix;
        String topicArn = aws.sns().createTopic(request -> request.name(topic)).topicArn();
        String inbox = queue(sqs, "camclips-inbox" + suffix, Map.of());
        subscribe(aws, topicArn, inbox);
        return new LocalResources(
                queue,
                queueUrl,
                deadLetters,
                topic,
                topicArn,
                inbox,
                bucket(aws.s3(), "camclips-origin" + suffix),
                bucket(aws.s3(), "camclips-upload" + suffix),
                bucket(aws.s3(), "camclips-clips" + suffix),
                LocalJobsTable.create(aws.dynamoDb(), "camclips-jobs" + suffix));
    }

    /** The service's settings for these resources, as environment variables. */
    public Map<String, String> settings() {
        return Map.of(
                "AWS_SQS_QUEUE", queue,
                "AWS_SQS_DEAD_LETTERS", deadLettersUrl.substring(deadLettersUrl.lastIndexOf('/') + 1),
                "AWS_SNS_TOPIC", topic,
                "S3_BUCKET_ORIGIN", originBucket,
                "S3_BUCKET_ORIGIN_DIR", ORIGIN_DIR,
                "S3_BUCKET_DESTINATION", clipsBucket,
                "JOBS_TABLE", jobsTable);
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
