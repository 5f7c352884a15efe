package routes.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class FailuresTest {
    private final Failures failures = new Failures();

    static Stream<Arguments> meanings() {
        return Stream.of(
                Arguments.of(http(404), false, "a service behind this one refused the request with status 404"),
                Arguments.of(http(302), false, "a service behind this one refused the request with status 302"),
                Arguments.of(http(408), true, "a service behind this one refused the request with status 408"),
                Arguments.of(http(429), true, "a service behind this one refused the request with status 429"),
                Arguments.of(http(503), true, "a service behind this one refused the request with status 503"),
                Arguments.of(aws(404), true, "the storage refused the request"),
                Arguments.of(aws(403), true, "the storage refused the request"),
                Arguments.of(
                        new FootageUnusableException("a recording has no picture"), true, "a recording has no picture"),
                Arguments.of(
                        new FfmpegFailedException("ffmpeg", 1, "/scratch/x: broken"),
                        true,
                        "the footage could not be decoded"),
                Arguments.of(
                        new IllegalStateException("s3://secret"),
                        true,
                        "an internal error; see the log of the service"));
    }

    @ParameterizedTest
    @MethodSource("meanings")
    void exceptionsAreClassifiedAndHavePublicReasons(Exception failure, boolean mayPass, String reason) {
        assertThat(failures.isTransient(failure)).isEqualTo(mayPass);
        assertThat(failures.reason(failure)).isEqualTo(reason);
    }

    @ParameterizedTest
    @MethodSource("meanings")
    void theSameInABranchOfAParallelSplit(Exception failure, boolean mayPass, String reason) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Exception wrapped = new CamelExchangeException("number 1", new DefaultExchange(camel), failure);

            assertThat(failures.isTransient(wrapped)).isEqualTo(mayPass);
            assertThat(failures.reason(wrapped)).isEqualTo(reason);
        }
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new IllegalStateException("a bug"), true),
                Arguments.of(new IllegalStateException(new IOException("a bug")), true),
                Arguments.of(new NullPointerException(), true),
                Arguments.of(new FfmpegCrashedException(11), true),
                Arguments.of(new FfmpegKilledException("stalled"), false),
                Arguments.of(new IllegalStateException(aws(503)), false),
                Arguments.of(aws(503), false),
                Arguments.of(new FootageUnusableException("a recording has no picture"), false),
                Arguments.of(new JobOverdueException("job-1"), false));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorsOfProgramsDifferFromFailuresOfServices(Exception failure, boolean isError) {
        assertThat(failures.isError(failure)).isEqualTo(isError);
    }

    @Test
    void anUnexpectedExceptionIsLoggedWithItsPlace() {
        assertThat(Failures.text(new IllegalStateException("a bug")))
                .startsWith("java.lang.IllegalStateException: a bug at routes.failure.FailuresTest.");
        assertThat(Failures.text(new FfmpegCrashedException(11))).isEqualTo("ffmpeg crashed with signal 11");
    }

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of(http(503), "a service behind this one answered with status 503"),
                Arguments.of(aws(403), "a service behind this one answered with status 403"),
                Arguments.of(
                        SdkClientException.create("cannot connect to secret-bucket"),
                        "a service behind this one did not answer"),
                Arguments.of(new ConnectException("10.0.0.1 refused"), "a service behind this one did not answer"),
                Arguments.of(new FootageMissingException("box 'moov' ends at 17"), "a recording was not complete"),
                Arguments.of(new ScratchFullException("/scratch is full"), "the scratch space was full"),
                Arguments.of(
                        new NotPublishedException("sns", new IllegalStateException("arn:aws:secret")),
                        "sns did not take the outcome"),
                Arguments.of(
                        new FfmpegKilledException("ffmpeg was ended by signal 9"),
                        "decoding or encoding was ended before it was done"),
                Arguments.of(new JobOverdueException("job-1"), "it took longer than a job may take"),
                Arguments.of(
                        new TransientException("/etc/secret") {}, "a temporary failure; see the log of the service"),
                Arguments.of(
                        new IllegalStateException("s3://secret"), "an internal error; see the log of the service"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aFailureThatIsRetriedHasAPublicReason(Exception failure, String reason) {
        assertThat(failures.transientReason(failure)).isEqualTo(reason);
    }

    private static Exception http(int status) {
        return new HttpOperationFailedException("http://camera.internal", status, "", null, Map.of(), "");
    }

    private static Exception aws(int status) {
        return status == 404
                ? NoSuchKeyException.builder()
                        .message("secret-bucket")
                        .statusCode(404)
                        .build()
                : S3Exception.builder()
                        .message("secret-bucket")
                        .statusCode(status)
                        .build();
    }
}
