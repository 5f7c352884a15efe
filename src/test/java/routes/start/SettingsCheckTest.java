package routes.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.validation.Constraint;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.settings.InvalidSettingException;
import routes.settings.Settings;
import routes.support.LocalCloud;
import routes.support.TestSettings;

/** Every invalid setting results in one line. */
class SettingsCheckTest {
    private static final Map<String, Object> REQUIRED = Map.of(
            "AWS_SQS_QUEUE", "clips",
            "AWS_SNS_TOPIC", "events",
            "S3_BUCKET_ORIGIN", "recordings",
            "S3_BUCKET_DESTINATION", "clips",
            "JOBS_TABLE", "jobs",
            "CAM_SERVICES_URL", "http://cameras.example.com",
            "CLIP_URL", "https://clips.example.com",
            "API_AUTH", "off",
            "AWS_REGION", LocalCloud.REGION);

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SQS_TIMEOUT | 0 | SQS_TIMEOUT is '0': it must be 1 to 900 seconds",
                "VIDEO_MAX_LEN | long | VIDEO_MAX_LEN is 'long': it must be 1 to 86400 seconds",
                "ROLE | all | ROLE is 'all': it must be both, api, worker or transcoder",
                "CONSOLE_PASSWORD | tooshort | CONSOLE_PASSWORD, which is not shown, must be 12 to 72 characters, or nothing",
                "S3_BUCKET_ORIGIN | \"\" | S3_BUCKET_ORIGIN is missing: it must be the name of an S3 bucket",
                "THUMBNAIL_SIZES | 300,big | THUMBNAIL_SIZES is '300,big': it must be widths in pixels, 16 to 7999, separated by blanks or commas, or a JSON array",
                "SERVER_PORT | http | SERVER_PORT is 'http': it must be a port, 1 to 65535",
                "MANAGEMENT_PORT | 99999 | MANAGEMENT_PORT is '99999': it must be a port, 1 to 65535",
                "MANAGEMENT_ADDRESS | 192.0.2.1 | MANAGEMENT_ADDRESS is '192.0.2.1': it must be 0.0.0.0 or an address of this machine",
                "API_AUTH | of | API_AUTH is 'of': it must be on or off",
                "SERVER_ADDRESS | 0.0.0.0 | API_AUTH is 'off': it must be on, unless SERVER_ADDRESS is a loopback address",
                "LOG_LEVEL | loud | LOG_LEVEL is 'loud': it must be TRACE, DEBUG, INFO, WARN, ERROR or OFF, or Python's WARNING, CRITICAL or NOTSET",
                "LOG_FORMAT | json | LOG_FORMAT is 'json': it must be ecs, gelf or logstash, or nothing",
                "AWS_SQS_QUEUE | clips.fifo | AWS_SQS_QUEUE is 'clips.fifo': it must be a standard queue, since a FIFO queue delays no single message",
                "AWS_SQS_QUEUE | arn:aws:sns:eu-west-1:123456789012:clips | AWS_SQS_QUEUE is 'arn:aws:sns:eu-west-1:123456789012:clips': it must be the name or the ARN of an SQS queue",
                "CLIP_STATUS_PATH | clips/ | CLIP_STATUS_PATH is 'clips/': it must be a path such as clips/{id}, without a slash at its ends",
                "CLIP_STATUS_PATH | /clips/{id} | CLIP_STATUS_PATH is '/clips/{id}': it must be a path such as clips/{id}, without a slash at its ends",
                "CLIP_PENDING | maybe | CLIP_PENDING is 'maybe': it must be on or off",
                "CHECK_CLIPS | loud | CHECK_CLIPS is 'loud': it must be off, keyframes or frames",
                "WEB_ZONE | Mars/Base | WEB_ZONE is 'Mars/Base': it must be a time zone such as Europe/Amsterdam, or nothing",
                "SNAPSHOT_WORKERS | 0 | SNAPSHOT_WORKERS is '0': it must be 1 to 64 snapshots at once",
                "SNAPSHOT_REUSE | 11 | SNAPSHOT_REUSE is '11': it must be 0 to 10 seconds",
                "SNAPSHOT_SOURCE | film | SNAPSHOT_SOURCE is 'film': it must be clip or images",
                "SNAPSHOT_STREAM | a b | SNAPSHOT_STREAM is 'a b': it must be the name of a Kinesis Video stream, or nothing",
                "SNAPSHOT_S3_ACCESS_KEY_ID | AKIDEXAMPLE | SNAPSHOT_S3_SECRET_ACCESS_KEY, which is not shown, must be set together with SNAPSHOT_S3_ACCESS_KEY_ID",
                "TRANSCODE_QUEUE | films.fifo | TRANSCODE_QUEUE is 'films.fifo': it must be a standard queue, since a FIFO queue delays no single message; TRANSCODE_BUCKET is missing: it must be the name of an S3 bucket, since TRANSCODE_QUEUE is set; KEYS_TABLE is missing: it must be the name of a DynamoDB table, since TRANSCODE_QUEUE is set",
                "TRANSCODE_WORKERS | 17 | TRANSCODE_WORKERS is '17': it must be 1 to 16 films at once",
                "TRANSCODE_ENGINE | elsewhere | TRANSCODE_ENGINE is 'elsewhere': it must be ffmpeg or mediaconvert",
                "TRANSCODE_ENGINES | ffmpeg,mediaconvert | TRANSCODE_ENGINES is 'ffmpeg,mediaconvert': it must be ffmpeg, mediaconvert or both, with a blank between",
                "MEDIACONVERT_ROLE | admin | MEDIACONVERT_ROLE is 'admin': it must be the ARN of an IAM role, or nothing",
                "MEDIACONVERT_STATUS_INTERVAL | SECONDS_11 | MEDIACONVERT_STATUS_INTERVAL is 'SECONDS_11': it must be SECONDS_ and 10, 12, 15, 20, 30, 60, or a multiple of 60 up to 600",
                "TRANSCODE_PATH | films/ | TRANSCODE_PATH is 'films/': it must be transcodes/{jobId}/{attempt}/ or {input}_{yyyyMMddHHmmss}/",
                "PLAYLIST_SECRET | tooshort | PLAYLIST_SECRET, which is not shown, must be 32 or more characters, or nothing",
                "PLAYLIST_TOKEN_LIFE | 86401 | PLAYLIST_TOKEN_LIFE is '86401': it must be 60 to 86400 seconds",
                "PLAYLIST_LINKS | signed | PLAYLIST_LINKS is 'signed': it must be redirect or presigned",
                "PLAYLIST_ORIGINS | https://a.example.com/x | PLAYLIST_ORIGINS is 'https://a.example.com/x': it must be origins such as https://pages.example.com, separated by blanks, or *, or nothing",
                "UPLOAD_LIMIT | 5368709121 | UPLOAD_LIMIT is '5368709121': it must be 1 to 5368709120 bytes",
                "UPLOAD_LINK_LIFE | 59 | UPLOAD_LINK_LIFE is '59': it must be 60 to 604800 seconds",
                "AWS_REGION | eu west | AWS_REGION is 'eu west': it must be a region such as eu-west-1",
                "AWS_RETRY_MODE | often | AWS_RETRY_MODE is 'often': it must be legacy, standard or adaptive",
                "AWS_ENDPOINT_URL | localhost:4566 | AWS_ENDPOINT_URL is 'localhost:4566': it must be an http or https URL",
            })
    void aWrongSettingIsReportedWithItsValueAndTheAllowedOnes(String name, String value, String line) {
        assertThat(problems(Map.of(name, value))).containsExactly(line.split("; "));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "AWS_SQS_QUEUE | arn:aws:sqs:eu-west-1:123456789012:clips",
                "OLD_FILE_FORMAT | True",
                "OLD_FILE_FORMAT | False",
                "LOG_LEVEL | WARNING",
                "LOG_LEVEL | CRITICAL",
                "LOG_LEVEL | NOTSET",
                "LOG_LEVEL | debug",
                "THUMBNAIL_SIZES | [300, 640]",
                "THUMBNAIL_SIZES | 300,640 , 1500",
                "THUMBNAIL_SIZES | 300  640",
                "SERVER_PORT | 0",
            })
    void valuesOfTheEarlierSystemAreAllowed(String name, String value) {
        assertThat(problems(Map.of(name, value))).isEmpty();
    }

    @Test
    void allMissingSettingsAreReportedAtOnceAndNoneThatHasADefault() {
        Map<String, Object> nothing = new HashMap<>();
        REQUIRED.keySet().forEach(name -> nothing.put(name, ""));
        nothing.put("API_AUTH", "on");
        nothing.put("AWS_REGION", LocalCloud.REGION);

        assertThat(problems(nothing))
                .allSatisfy(line -> assertThat(line).contains(" is missing: it must be "))
                .extracting(line -> line.replaceFirst(" .*", ""))
                .containsExactlyInAnyOrder(
                        "AWS_SQS_QUEUE",
                        "AWS_SNS_TOPIC",
                        "S3_BUCKET_ORIGIN",
                        "S3_BUCKET_DESTINATION",
                        "JOBS_TABLE",
                        "CAM_SERVICES_URL",
                        "CLIP_URL",
                        "JWT_ISSUER",
                        "JWT_AUDIENCE");
    }

    @Test
    void everySettingThatIsNoTextSaysWhatIsAllowed() {
        assertThat(withoutConstraint(Settings.class)).isEmpty();
    }

    private static List<String> withoutConstraint(Class<?> group) {
        List<String> silent = new ArrayList<>();
        for (Field field : group.getDeclaredFields()) {
            Class<?> type = field.getType();
            if (type.isRecord() && !Modifier.isStatic(field.getModifiers())) {
                silent.addAll(withoutConstraint(type));
            } else if (!Modifier.isStatic(field.getModifiers()) && (type.isEnum() || type.isPrimitive())) {
                boolean isConstrained = Stream.of(field.getAnnotations())
                        .anyMatch(a -> a.annotationType().isAnnotationPresent(Constraint.class));
                if (!isConstrained) {
                    silent.add(group.getSimpleName() + "." + field.getName());
                }
            }
        }
        return silent;
    }

    /** @return one line per setting */
    private static List<String> problems(Map<String, Object> changed) {
        Map<String, Object> variables = new HashMap<>(REQUIRED);
        variables.putAll(changed);
        InvalidSettingException wrong = catchThrowableOfType(
                InvalidSettingException.class, () -> new SettingsCheck().check(TestSettings.environment(variables)));
        return wrong == null ? List.of() : List.of(wrong.getMessage().split("; "));
    }

    @Test
    void mediaConvertNeedsItsQueueRoleAndTemplateAndAnOutputBucketOfItsOwnForTheEarlierPath() {
        Map<String, Object> films = Map.of(
                "TRANSCODE_QUEUE",
                "films",
                "TRANSCODE_BUCKET",
                "films",
                "OUTPUT_BUCKET",
                "films",
                "KEYS_TABLE",
                "keys",
                "TRANSCODE_ENGINE",
                "mediaconvert",
                "TRANSCODE_PATH",
                "{input}_{yyyyMMddHHmmss}/");

        assertThat(problems(films))
                .containsExactly(
                        "TRANSCODE_EVENTS_QUEUE is missing: it must be the name or the ARN of an SQS queue, since"
                                + " mediaconvert is an engine",
                        "MEDIACONVERT_ROLE is missing: it must be the ARN of an IAM role, since mediaconvert is an engine",
                        "MEDIACONVERT_JOB_TEMPLATE is missing: it must be the name or the ARN of a job template, since"
                                + " mediaconvert is an engine",
                        "TRANSCODE_PATH is '{input}_{yyyyMMddHHmmss}/': it must be transcodes/{jobId}/{attempt}/, since"
                                + " OUTPUT_BUCKET and TRANSCODE_BUCKET are the same bucket");
    }

    @Test
    void whatMediaConvertRequiresIsNeverNothing() {
        assertThat(problems(Map.of(
                        "TRANSCODE_QUEUE", "films",
                        "TRANSCODE_BUCKET", "films",
                        "KEYS_TABLE", "keys",
                        "TRANSCODE_ENGINES", "ffmpeg mediaconvert",
                        "TRANSCODE_EVENTS_QUEUE", "events?",
                        "MEDIACONVERT_ROLE", "camclips",
                        "MEDIACONVERT_JOB_TEMPLATE", " ladder",
                        "MEDIACONVERT_QUEUE", " fast")))
                .containsExactly(
                        "TRANSCODE_EVENTS_QUEUE is 'events?': it must be the name or the ARN of an SQS queue, since"
                                + " mediaconvert is an engine",
                        "MEDIACONVERT_ROLE is 'camclips': it must be the ARN of an IAM role, since mediaconvert is an"
                                + " engine",
                        "MEDIACONVERT_JOB_TEMPLATE is ' ladder': it must be the name or the ARN of a job template, since"
                                + " mediaconvert is an engine",
                        "MEDIACONVERT_QUEUE is ' fast': it must be the name or the ARN of a queue of MediaConvert, or"
                                + " nothing");
    }
}
