package routes.aws;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.observe.StorageBytes;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The only AWS clients, shared by the routes and the beans. Region, endpoints and credentials are the SDK's:
 * AWS_REGION, AWS_ENDPOINT_URL, the default credentials chain.
 */
@Configuration
class AwsClients {
    @Bean
    SqsClient sqsClient() {
        return SqsClient.builder()
                // longer than the longest poll
                .overrideConfiguration(limits ->
                        limits.apiCallAttemptTimeout(Duration.ofSeconds(15)).apiCallTimeout(Duration.ofSeconds(30)))
                .build();
    }

    @Bean
    S3Client s3Client() {
        return S3Client.builder()
                .overrideConfiguration(o -> o.addExecutionInterceptor(new StorageBytes()))
                .build();
    }

    @Bean
    SnsClient snsClient() {
        return SnsClient.create();
    }

    /** Requests over REST and leases need an answer in bounded time. */
    @Bean
    DynamoDbClient dynamoDbClient() {
        return DynamoDbClient.builder()
                .overrideConfiguration(limits ->
                        limits.apiCallAttemptTimeout(Duration.ofSeconds(5)).apiCallTimeout(Duration.ofSeconds(15)))
                .build();
    }

    @Bean
    AwsCredentialsProvider awsCredentials() {
        return DefaultCredentialsProvider.builder().build();
    }

    @Bean
    S3Presigner s3Presigner(AwsCredentialsProvider credentials) {
        return S3Presigner.builder().credentialsProvider(credentials).build();
    }
}
