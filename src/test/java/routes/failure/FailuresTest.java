package routes.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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
