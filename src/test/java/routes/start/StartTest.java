package routes.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.StandardEnvironment;
import routes.CamclipsApplication;
import routes.aws.JobQueue;
import routes.settings.InvalidSettingException;
import routes.support.CloudClients;
import routes.support.LocalCloud;
import routes.support.LocalFfmpeg;
import routes.support.OwnService;
import routes.support.ServiceProcess;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A service that cannot start, from an operator's view: one line, an exit value, and no process that hangs. */
class StartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Test
    void allWrongSettingsAreInOneLine() throws Exception {
        Map<String, String> wrong = Map.of(
                "SQS_TIMEOUT", "0",
                "VIDEO_MAX_LEN", "long",
                "SERVER_PORT", "http",
                "LOG_LEVEL", "loud",
                "LOG_FORMAT", "json",
                "AWS_REGION", "eu west",
                "CONSOLE_PASSWORD", "tooshort");

        assertThat(failure(wrong))
                .contains(wrong.keySet())
                .contains("SQS_TIMEOUT is '0': it must be 1 to 900 seconds; ")
                .contains("AWS_REGION is 'eu west': it must be a region such as eu-west-1")
                .doesNotContain("tooshort");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "EXTRA_ROUTES | /nowhere | EXTRA_ROUTES is '/nowhere': it must be a folder, or nothing",
                "FFMPEG | /nowhere/ffmpeg | FFMPEG is '/nowhere/ffmpeg': it must be a program on the PATH",
                "AWS_SQS_QUEUE | no-such-queue | AWS_SQS_QUEUE is 'no-such-queue': it must be the name of a queue",
                "AWS_SQS_QUEUE | arn:aws:sqs:us-east-2:000000000000:q | it must be a queue of the region of AWS_REGION",
                "JOBS_TABLE | no-such-table | JOBS_TABLE is 'no-such-table': it must be the name of a table that exists",
                "S3_BUCKET_DESTINATION | no-such-bucket | S3_BUCKET_DESTINATION is 'no-such-bucket': it must be the name of",
                "AWS_SNS_TOPIC | no-such-topic | AWS_SNS_TOPIC is 'no-such-topic': it must be the name of a topic",
                "AWS_SQS_DEAD_LETTERS | no-such-queue | AWS_SQS_DEAD_LETTERS is 'no-such-queue': it must be the name of",
                "TRANSCODE_QUEUE | no-such-queue | TRANSCODE_QUEUE is 'no-such-queue': it must be the name of a queue",
                "TRANSCODE_BUCKET | no-such-bucket | TRANSCODE_BUCKET is 'no-such-bucket': it must be the name of a bucket",
                "KEYS_TABLE | no-such-table | KEYS_TABLE is 'no-such-table': it must be the name of a table that exists",
                "TIMESTAMP_FORMAT | %Q | TIMESTAMP_FORMAT is '%Q': it must be",
                "CLIP_DOWNLOAD_DEST | /proc/none | CLIP_DOWNLOAD_DEST is '/proc/none': it must be a folder",
                "server.tomcat.threads.max | many | server.tomcat.threads.max is 'many': it must be a number",
                "management.endpoint.health.show-details | maybe | must be never, when_authorized, always",
            })
    void aSettingThatFitsNothingIsNamedWithItsValue(String name, String value, String line) {
        assertThat(line(Map.of(name, value))).contains(line);
    }

    /** @return the line of a service in this JVM */
    private static String line(Map<String, String> wrong) {
        Throwable failure = catchThrowable(() -> OwnService.start(OwnService.resources(), wrong));
        return new StartFailureAnalyzer(new StandardEnvironment())
                .analyze(failure)
                .getDescription();
    }

    @Test
    void anAwsEndpointThatRefusesIsNamed() {
        try (SqsClient refused = CloudClients.sqs(URI.create("http://127.0.0.1:9"))) {
            assertThatThrownBy(() -> JobQueue.findUrl(refused, "AWS_SQS_QUEUE", "clips"))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith("SQS cannot be reached at http://127.0.0.1:9 to look up AWS_SQS_QUEUE: ")
                    .hasMessageContaining("refused");
        }
    }

    /** The URL of a queue that is given by its ARN needs no lookup, so another service is the first to be missed. */
    @Test
    void aServiceOfAwsThatRefusesIsNamedWithItsAddress() throws Exception {
        String arn = "arn:aws:sqs:%s:%s:clips".formatted(LocalCloud.REGION, LocalCloud.ACCOUNT);
        Map<String, String> wrong = new HashMap<>();
        for (String service : List.of("SQS", "SNS", "S3", "DYNAMODB")) {
            wrong.put("AWS_ENDPOINT_URL_" + service, "http://127.0.0.1:9");
        }
        wrong.put("AWS_SQS_QUEUE", arn);
        wrong.put("AWS_SQS_DEAD_LETTERS", arn + "-dead-letters");
        wrong.put("TRANSCODE_QUEUE", arn);
        wrong.put("TRANSCODE_EVENTS_QUEUE", arn);
        wrong.put("AWS_SNS_TOPIC", "arn:aws:sns:eu-west-1:000000000000:events");

        assertThat(failures(wrong))
                .last()
                .asString()
                .containsPattern("cannot start: (S3|DYNAMODB) cannot be used: .*127.0.0.1:9.* refused");
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(line(Map.of("SERVER_PORT", port))).contains("port " + port + " is taken");
        }
    }

    @Test
    void aBrokenRouteIsNamedWithItsFileAndLine(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("extra.camel.yaml"),
                """
                - route:
                    id: extra
                    from:
                      uri: direct:extra
                      steps:
                        - setBodi: {constant: "x"}
                """);

        assertThat(failure(Map.of("EXTRA_ROUTES", folder.toString())))
                .contains("extra.camel.yaml")
                .contains("line 6")
                .contains("setBodi");
    }

    /** @return the only line above INFO in the service's output */
    private static String failure(Map<String, String> wrong) throws IOException, InterruptedException {
        List<String> problems = failures(wrong);
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    /** @return the lines above INFO in the service's output */
    private static List<String> failures(Map<String, String> wrong) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(LocalCloud.shared().environment());
        environment.put("CAM_SERVICES_URL", "http://127.0.0.1:1");
        environment.put("CLIP_URL", "https://clips.example.com");
        environment.put("FFMPEG", LocalFfmpeg.path().toString());
        environment.put("CLIP_DOWNLOAD_DEST", "target/scratch-start");
        environment.put("SERVER_PORT", "0");
        environment.put("MANAGEMENT_PORT", "0");
        environment.putAll(wrong);
        try (ServiceProcess service = ServiceProcess.start(CamclipsApplication.class, List.of(), environment)) {
            assertThat(service.awaitExit(PATIENCE)).as("exit value").hasValue(1);
            return service.lines().stream()
                    .filter(line -> !line.contains(" INFO ") && !line.isBlank())
                    // logged by every service of these tests
                    .filter(line -> !line.contains("API_AUTH is off"))
                    .toList();
        }
    }
}
