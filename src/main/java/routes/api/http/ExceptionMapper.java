package routes.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;
import routes.failure.Failures;
import routes.failure.JobNotFoundException;
import routes.failure.PermanentException;
import routes.failure.TransientException;
import routes.failure.WorkStoppedException;
import routes.failure.WorkTimedOutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Maps exceptions to problems without names of hosts, buckets or tables. */
@Component("exceptionMapper")
public class ExceptionMapper {
    private static final Logger LOG = LoggerFactory.getLogger(ExceptionMapper.class);
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;

    private final ProblemWriter problems;

    ExceptionMapper(ProblemWriter problems) {
        this.problems = problems;
    }

    /** Sets the response to a failed request. */
    public void answer(Message message, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        Problem problem = explained(message, failure);
        answer(message, problem, retryAfter(failure, problem));
    }

    /** Sets the 404 response of an unknown job in the form that legacy clients parse. */
    public void answerLegacyClient(
            Message message, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) JobNotFoundException failure) {
        Problem problem = problem(failure).with("Error Message", "No Job data found for Job Id : " + failure.jobId());
        answer(message, problem, null);
    }

    /** Sets the response to a failed request, with its status in the document too, as legacy clients read it. */
    public void answerLegacyStatus(Message message, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        Problem problem = explained(message, failure);
        answer(message, problem.with("statusCode", problem.status()), retryAfter(failure, problem));
    }

    /** Sets the response to an unexpected exception: details go to the log, never to the client. */
    public void answerUnexpected(Message message, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        LOG.error("a request failed unexpectedly", failure);
        answer(message, Problem.of(500, "an internal error; see the log of the service"), null);
    }

    /** Problems of the services behind this one: the log has the reason, which the client does not get. */
    private static Problem explained(Message message, Exception failure) {
        Problem problem = problem(failure);
        HttpServletRequest request = message.getHeader("CamelHttpServletRequest", HttpServletRequest.class);
        if (request != null && (problem.status() == UNAVAILABLE || problem.status() == GATEWAY_TIMEOUT)) {
            RequestLogFilter.explain(
                    request, failure instanceof SdkException ? failure.getMessage() : failure.toString());
        }
        return problem;
    }

    private void answer(Message message, Problem problem, Duration retryAfter) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
        message.setHeader(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (retryAfter != null) {
            message.setHeader("Retry-After", retryAfter.toSeconds());
        }
        message.setBody(problems.text(problem));
    }

    private static Duration retryAfter(Exception failure, Problem problem) {
        return failure instanceof ClientErrorException refused
                ? refused.retryAfter().orElse(null)
                : problem.status() == UNAVAILABLE ? LATER : null;
    }

    private static Problem problem(Exception failure) {
        if (failure instanceof ClientErrorException refused) {
            return Problem.of(refused.status(), refused.getMessage(), refused.fields())
                    .with(refused.members());
        }
        if (failure instanceof PermanentException permanent) {
            return Problem.of(BAD_GATEWAY, permanent.publicReason());
        }
        if (failure instanceof JsonProcessingException) {
            return Problem.of(BAD_REQUEST, "the body is not JSON");
        }
        if (failure instanceof SdkException) {
            return Problem.of(UNAVAILABLE, "a service behind this one does not answer");
        }
        if (failure instanceof WorkTimedOutException) {
            return Problem.of(GATEWAY_TIMEOUT, failure.getMessage());
        }
        if (failure instanceof TransientException || failure instanceof WorkStoppedException) {
            return Problem.of(UNAVAILABLE, "the service is temporarily unable to do this");
        }
        return ofCameraApi(failure);
    }

    /** Maps the other exceptions: the camera API is the only service that the API routes call over HTTP. */
    private static Problem ofCameraApi(Exception failure) {
        if (failure instanceof HttpOperationFailedException http && http.getStatusCode() == NOT_FOUND) {
            return Problem.of(NOT_FOUND, Failures.UNKNOWN_CAMERA);
        }
        if (failure instanceof HttpOperationFailedException http && !Failures.isTransient(http.getStatusCode())) {
            return Problem.of(BAD_GATEWAY, "the camera API refused the request with status " + http.getStatusCode());
        }
        return Problem.of(UNAVAILABLE, "the camera API does not answer");
    }
}
