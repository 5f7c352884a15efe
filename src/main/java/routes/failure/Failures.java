package routes.failure;

import java.io.IOException;
import java.util.List;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Classifies exceptions of other libraries, and gives every exception a public reason. See docs/decisions/0018. */
@Component("failures")
public class Failures {
    /** For a camera that its API answers with 404 for. */
    public static final String UNKNOWN_CAMERA = "the camera API does not know this camera";

    /** Exceptions whose meaning does not depend on how often they occur. */
    private static final List<Class<? extends RuntimeException>> KNOWN = List.of(
            PermanentException.class,
            TransientException.class,
            ClientErrorException.class,
            WorkStoppedException.class,
            SdkException.class);

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERRORS = 500;

    /** @return whether a retry may succeed: timeouts, 5xx, throttling, footage that is not stored yet */
    public boolean isTransient(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception e) {
        return !(cause(e) instanceof HttpOperationFailedException http) || isTransient(http.getStatusCode());
    }

    /**
     * @param e a RuntimeException
     * @return whether it comes from an error in a program, so that it is likely to repeat
     */
    public boolean isError(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception e) {
        if (cause(e) instanceof FfmpegCrashedException) {
            return true;
        }
        for (Throwable each = cause(e); each != null; each = each.getCause()) {
            Throwable cause = each;
            if (KNOWN.stream().anyMatch(known -> known.isInstance(cause))) {
                return false;
            }
        }
        return true;
    }

    /** @param status of an HTTP response */
    public static boolean isTransient(int status) {
        return status >= SERVER_ERRORS || status == TOO_MANY || status == REQUEST_TIMEOUT;
    }

    /** @return a reason without names of buckets, paths, hosts or tools */
    public String reason(Exception failure) {
        Throwable e = cause(failure);
        if (e instanceof PermanentException permanent) {
            return permanent.publicReason();
        }
        if (e instanceof ClientErrorException) {
            return e.getMessage();
        }
        if (e instanceof HttpOperationFailedException http) {
            return "a service behind this one refused the request with status " + http.getStatusCode();
        }
        if (e instanceof SdkException) {
            return "the storage refused the request";
        }
        return "an internal error; see the log of the service";
    }

    /** @return a reason for a retry, without names of buckets, paths, hosts or tools */
    public String transientReason(Exception failure) {
        Throwable e = cause(failure);
        if (e instanceof TransientException own) {
            return own.publicReason();
        }
        if (e instanceof JobOverdueException) {
            return "it took longer than a job may take";
        }
        if (e instanceof WorkTimedOutException) {
            return e.getMessage();
        }
        if (e instanceof HttpOperationFailedException http) {
            return "a service behind this one answered with status " + http.getStatusCode();
        }
        if (e instanceof AwsServiceException aws) {
            return "a service behind this one answered with status " + aws.statusCode();
        }
        if (e instanceof SdkException || e instanceof IOException) {
            return "a service behind this one did not answer";
        }
        return "an internal error; see the log of the service";
    }

    /**
     * @return for the log, on one line: the message of an exception of this service; otherwise with its class, and its place
     *     if nobody expected it
     */
    public static String text(Throwable failure) {
        if (failure.getClass().getPackage().equals(Failures.class.getPackage())) {
            return failure.getMessage();
        }
        StackTraceElement[] trace = failure.getStackTrace();
        boolean unexpected = failure instanceof RuntimeException && !(failure instanceof SdkException);
        return unexpected && trace.length > 0 ? failure + " at " + trace[0] : failure.toString();
    }

    /** @return the cause, without Camel's wrappers of parallel branches */
    public static Throwable cause(Throwable e) {
        return e instanceof CamelExchangeException && e.getCause() != null ? cause(e.getCause()) : e;
    }
}
