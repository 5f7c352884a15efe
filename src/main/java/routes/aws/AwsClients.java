package routes.aws;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import routes.observe.StorageBytes;
import routes.settings.Settings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesisvideo.KinesisVideoClient;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.KinesisVideoArchivedMediaClient;
import software.amazon.awssdk.services.mediaconvert.MediaConvertClient;
import software.amazon.awssdk.services.mediaconvert.MediaConvertClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The only AWS clients, shared by the routes and the beans. Region, endpoints and credentials are the SDK's:
 * AWS_REGION, AWS_ENDPOINT_URL, the default credentials chain.
 */
@Configuration
class AwsClients {
    private static final int SERVER_ERRORS = 500;
    private static final Duration LONGEST_SNAPSHOT = Duration.ofSeconds(10);

    @Bean
    SqsClient sqsClient() {
        return SqsClient.builder()
                // longer than the longest poll
                .overrideConfiguration(limits ->
                        limits.apiCallAttemptTimeout(Duration.ofSeconds(15)).apiCallTimeout(Duration.ofSeconds(30)))
                .build();
    }

    @Bean
    @Primary
    S3Client s3Client() {
        return s3().build();
    }

    private static S3ClientBuilder s3() {
        return S3Client.builder().overrideConfiguration(o -> o.addExecutionInterceptor(new StorageBytes()));
    }

    /** For the bucket of snapshots, which may have credentials of its own. */
    @Bean(defaultCandidate = false)
    S3Client snapshotS3Client(S3Client s3, AwsCredentialsProvider credentials, Settings settings) {
        return settings.snapshot().hasOwnCredentials()
                ? s3().credentialsProvider(ofSnapshots(credentials, settings)).build()
                : s3;
    }

    /** Created with the first snapshot of a live stream: most processes take none. */
    @Bean
    @Lazy
    KinesisVideoClient kinesisVideoClient() {
        return KinesisVideoClient.builder()
                .overrideConfiguration(
                        limits -> limits.apiCallTimeout(LONGEST_SNAPSHOT).retryStrategy(retriesOfSnapshots()))
                .build();
    }

    /** Each request names its endpoint. */
    @Bean
    @Lazy
    KinesisVideoArchivedMediaClient kinesisVideoArchivedMediaClient() {
        return KinesisVideoArchivedMediaClient.builder()
                .overrideConfiguration(
                        limits -> limits.apiCallTimeout(LONGEST_SNAPSHOT).retryStrategy(retriesOfSnapshots()))
                .build();
    }

    /** Throttled calls are repeated by their caller, who answers in time. */
    private static RetryStrategy retriesOfSnapshots() {
        return DefaultRetryStrategy.standardStrategyBuilder()
                .useClientDefaults(false)
                .retryOnException(AwsClients::mayPassSoon)
                .build();
    }

    private static boolean mayPassSoon(Throwable failure) {
        return failure instanceof SdkException known
                && !RetryUtils.isThrottlingException(known)
                && (known instanceof SdkServiceException service
                        ? service.statusCode() >= SERVER_ERRORS || RetryUtils.isClockSkewException(known)
                        : known.retryable() || known.getCause() instanceof IOException);
    }

    /** Created with the first film that MediaConvert converts. */
    @Bean
    @Lazy
    MediaConvertClient mediaConvertClient(Settings settings) {
        MediaConvertClientBuilder client = MediaConvertClient.builder()
                .overrideConfiguration(limits ->
                        limits.apiCallAttemptTimeout(Duration.ofSeconds(15)).apiCallTimeout(Duration.ofSeconds(45)));
        String endpoint = settings.mediaConvert().endpointUrl();
        if (!endpoint.isEmpty()) {
            client.endpointOverride(URI.create(endpoint));
        }
        return client.build();
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
    PresignedLinks presignedLinks(S3Client s3, AwsCredentialsProvider credentials, Clock clock, Settings settings) {
        Duration life = Duration.ofSeconds(settings.api().linkLife());
        return new PresignedLinks(s3, credentials, clock, settings.bucket().destination(), life);
    }

    /** Links to snapshots. */
    @Bean(defaultCandidate = false)
    PresignedLinks snapshotLinks(S3Client s3, AwsCredentialsProvider credentials, Clock clock, Settings settings) {
        Settings.Snapshot snapshot = settings.snapshot();
        Duration life = Duration.ofSeconds(snapshot.linkLife());
        return new PresignedLinks(s3, ofSnapshots(credentials, settings), clock, snapshot.bucket(), life);
    }

    /** Links to streams. */
    @Bean(defaultCandidate = false)
    PresignedLinks streamLinks(S3Client s3, AwsCredentialsProvider credentials, Clock clock, Settings settings) {
        Duration life = Duration.ofSeconds(settings.api().linkLife());
        return new PresignedLinks(s3, credentials, clock, settings.transcode().outputBucket(), life);
    }

    /** Links that upload films. */
    @Bean(defaultCandidate = false)
    @Lazy
    PresignedLinks uploadLinks(S3Client s3, AwsCredentialsProvider credentials, Clock clock, Settings settings) {
        Duration life = Duration.ofSeconds(settings.transcode().uploadLinkLife());
        return new PresignedLinks(s3, credentials, clock, settings.transcode().bucket(), life);
    }

    private static AwsCredentialsProvider ofSnapshots(AwsCredentialsProvider credentials, Settings settings) {
        Settings.Snapshot snapshot = settings.snapshot();
        return snapshot.hasOwnCredentials()
                ? StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(snapshot.accessKeyId(), snapshot.secretAccessKey()))
                : credentials;
    }
}
