package routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The only AWS clients, shared by the routes and the beans. Region, endpoints and credentials come the AWS way:
 * AWS_REGION, AWS_ENDPOINT_URL, the default credentials chain.
 */
@Configuration
class AwsClients {
    @Bean
    SqsClient sqsClient() {
        return SqsClient.create();
    }

    @Bean
    S3Client s3Client() {
        return S3Client.create();
    }

    @Bean
    SnsClient snsClient() {
        return SnsClient.create();
    }

    @Bean
    DynamoDbClient dynamoDbClient() {
        return DynamoDbClient.create();
    }
}
