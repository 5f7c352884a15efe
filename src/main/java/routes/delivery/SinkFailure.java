package routes.delivery;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import routes.failure.ClientErrorException;
import routes.failure.Failures;
import routes.failure.PermanentException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Classifies the failure of a sink.
 *
 * @param isRefusal whether it would reject the same document again
 * @param mayBeAccepted whether it may have accepted the document before it failed
 * @param reason without names of topics, hosts or accounts
 */
record SinkFailure(boolean isRefusal, boolean mayBeAccepted, String reason) {
    static SinkFailure of(Exception failure) {
        Throwable e = Failures.cause(failure);
        if (e instanceof HttpOperationFailedException http) {
            return new SinkFailure(
                    !Failures.isTransient(http.getStatusCode()), false, "it answered " + http.getStatusCode());
        }
        if (e instanceof AwsServiceException aws) {
            // operators fix a missing permission or topic
            String code = aws.awsErrorDetails() == null
                    ? ""
                    : " " + aws.awsErrorDetails().errorCode();
            return new SinkFailure(false, false, "it answered " + aws.statusCode() + code);
        }
        if (e instanceof PermanentException permanent) {
            return new SinkFailure(true, false, permanent.publicReason());
        }
        if (e instanceof ClientErrorException) {
            return new SinkFailure(true, false, e.getMessage());
        }
        boolean reached =
                Stream.iterate(e, cause -> cause != null, Throwable::getCause).noneMatch(SinkFailure::isUnreached);
        return new SinkFailure(
                false,
                reached,
                (reached ? "no answer: " : "it was not reached: ")
                        + e.getClass().getSimpleName());
    }

    private static boolean isUnreached(Throwable e) {
        return e instanceof ConnectException
                || e instanceof NoRouteToHostException
                || e instanceof UnknownHostException
                || e instanceof SSLHandshakeException
                || e instanceof ConnectTimeoutException
                // the HTTP client of the AWS SDK
                || e instanceof org.apache.http.conn.ConnectTimeoutException
                || e instanceof DirectConsumerNotAvailableException;
    }
}
