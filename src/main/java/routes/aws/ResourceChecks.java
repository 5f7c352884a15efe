package routes.aws;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import routes.settings.InvalidSettingException;
import routes.settings.Settings;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Fails the startup if a setting names a resource that does not exist. A resource that may not be read, or cannot be
 * reached now, is assumed to exist.
 */
@Component
class ResourceChecks {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceChecks.class);
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    ResourceChecks(
            Settings settings,
            S3Client s3,
            @Qualifier("snapshotS3Client") S3Client snapshotS3Client,
            SnsClient sns,
            DynamoDbClient dynamoDb) {
        String table = settings.jobs().table();
        check("JOBS_TABLE", table, "a table", () -> dynamoDb.describeTable(r -> r.tableName(table)));
        bucket("S3_BUCKET_ORIGIN", settings.bucket().origin(), s3);
        bucket("S3_BUCKET_DESTINATION", settings.bucket().destination(), s3);
        if (!settings.snapshot().bucket().equals(settings.bucket().destination())) {
            bucket("SNAPSHOT_BUCKET", settings.snapshot().bucket(), snapshotS3Client);
        }
        Settings.Transcode transcode = settings.transcode();
        if (transcode.isOn()) {
            check(
                    "KEYS_TABLE",
                    transcode.keysTable(),
                    "a table",
                    () -> dynamoDb.describeTable(r -> r.tableName(transcode.keysTable())));
            bucket("TRANSCODE_BUCKET", transcode.bucket(), s3);
            bucket("OUTPUT_BUCKET", transcode.outputBucket(), s3);
        }
        String topic = settings.topic().clip();
        if (!topic.startsWith("arn:")) {
            check("AWS_SNS_TOPIC", topic, "a topic", () -> find(topic, sns));
        }
    }

    private static void bucket(String setting, String name, S3Client s3) {
        check(setting, name, "a bucket", () -> s3.headBucket(r -> r.bucket(name)));
    }

    private static void find(String topic, SnsClient sns) {
        if (sns.listTopicsPaginator().topics().stream()
                .noneMatch(t -> t.topicArn().endsWith(":" + topic))) {
            throw missing("AWS_SNS_TOPIC", topic, "a topic");
        }
    }

    private static void check(String setting, String name, String kind, Runnable request) {
        try {
            request.run();
        } catch (AwsServiceException e) {
            boolean gone = e.statusCode() == NOT_FOUND || (e.statusCode() == BAD_REQUEST && isMissing(e));
            if (gone) {
                throw missing(setting, name, kind);
            }
            logUnknown(setting, name, e);
        } catch (SdkClientException e) {
            logUnknown(setting, name, e);
        }
    }

    private static void logUnknown(String setting, String name, Exception why) {
        LOG.warn("cannot check that {} '{}' exists: {}", setting, name, why.getMessage());
    }

    private static boolean isMissing(AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
        return code.contains("NotFound") || code.contains("NonExistent") || code.contains("DoesNotExist");
    }

    private static InvalidSettingException missing(String setting, String name, String kind) {
        return new InvalidSettingException(setting, name, "the name of " + kind + " that exists in this region");
    }
}
