package routes.support;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SDK clients of one AWS, embedded or real. */
public record CloudClients(SqsClient sqs, S3Client s3, DynamoDbClient dynamoDb, SnsClient sns)
        implements AutoCloseable {

    /** Clients configured by the environment or the SDK's system properties: AWS_ENDPOINT_URL, AWS_REGION and so on. */
    public static CloudClients fromEnvironment() {
        return new CloudClients(SqsClient.create(), S3Client.create(), DynamoDbClient.create(), SnsClient.create());
    }

    /** Clients of the embedded servers at these addresses. */
    static CloudClients local(URI sqs, URI s3, URI dynamoDb, URI sns) {
        return new CloudClients(
                sqs(sqs),
                at(s3, S3Client.builder()).forcePathStyle(true).build(),
                at(dynamoDb, DynamoDbClient.builder()).build(),
                at(sns, SnsClient.builder()).build());
    }

    public static SqsClient sqs(URI endpoint) {
        return at(endpoint, SqsClient.builder()).build();
    }

    static AwsCredentialsProvider localCredentials() {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(LocalCloud.ACCESS_KEY, LocalCloud.SECRET_KEY));
    }

    private static <B extends AwsClientBuilder<B, ?>> B at(URI endpoint, B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.of(LocalCloud.REGION))
                .credentialsProvider(localCredentials());
    }

    @Override
    public void close() {
        sqs.close();
        s3.close();
        dynamoDb.close();
        sns.close();
    }
}
