package routes.failure;

import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.exception.SdkException;

/** What an exception means: worth another try or not, and how a stranger is told. */
@Component("failures")
public class Failures {
    /** @return whether the same work may succeed later: timeouts, 5xx, throttling, footage that is on its way */
    public boolean isTransient(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception e) {
        return !(cause(e) instanceof HttpOperationFailedException http) || isTransient(http.getStatusCode());
    }

    /** @param status of an HTTP answer */
    public static boolean isTransient(int status) {
        return status >= 500 || status == 429 || status == 408;
    }

    /** @return a reason without names of buckets, paths, hosts or tools */
    public String reason(Exception failure) {
        Throwable e = cause(failure);
        if (e instanceof InvalidRequestException
                || e instanceof FootageUnusableException
                || e instanceof FootageMissingException) {
            return e.getMessage();
        }
        if (e instanceof HttpOperationFailedException http) {
            return "the camera API refused the request with status " + http.getStatusCode();
        }
        if (e instanceof FfmpegFailedException) {
            return "the footage could not be decoded";
        }
        if (e instanceof SdkException) {
            return "the storage refused the request";
        }
        return "an internal error; the log of the service tells more";
    }

    /** @return what happened, without what Camel wraps around it where branches run in parallel */
    public static Throwable cause(Throwable e) {
        return e instanceof CamelExchangeException && e.getCause() != null ? cause(e.getCause()) : e;
    }
}
