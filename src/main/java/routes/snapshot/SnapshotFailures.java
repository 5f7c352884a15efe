package routes.snapshot;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;
import routes.failure.Failures;
import routes.failure.FfmpegFailedException;
import routes.failure.FootageUnusableException;
import routes.failure.OneLine;
import routes.failure.WorkTimedOutException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.KinesisVideoArchivedMediaException;

/** Gives each failure of a snapshot the exception that its answer follows from. Details of AWS go to the log only. */
@Component("snapshotFailures")
public class SnapshotFailures {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFailures.class);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int LONGEST = 300;
    /** What a stream lacks, by the error code of Kinesis Video. */
    private static final Map<String, String> UNUSABLE = Map.of(
            "NoDataRetentionException", "the stream keeps no data: its retention is 0",
            "UnsupportedStreamMediaTypeException", "the media type of the stream is not supported",
            "MissingCodecPrivateDataException", "the stream has no codec private data",
            "InvalidCodecPrivateDataException", "the codec private data of the stream is not valid",
            "InvalidMediaFrameException", "the newest frames of the stream are not valid");

    /** @return a failure that the policies of the API know; anything else is unexpected */
    public Exception of(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure,
            @Variable("request") SnapshotRequest request) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof AwsServiceException aws) {
            return ofAws(aws);
        }
        if (cause instanceof ApiCallTimeoutException
                || cause instanceof ApiCallAttemptTimeoutException
                || cause instanceof AbortedException) {
            LOG.warn("a snapshot took too long: {}", OneLine.of(cause.toString(), LONGEST));
            return new WorkTimedOutException(SnapshotGate.LONGEST);
        }
        if (cause instanceof FootageUnusableException unusable) {
            return NoSnapshotException.undecodable(reason(unusable, request));
        }
        if (cause instanceof FfmpegFailedException) {
            LOG.warn("a frame could not be decoded: {}", OneLine.of(cause.getMessage(), LONGEST));
            return NoSnapshotException.undecodable("the frame cannot be decoded");
        }
        return cause instanceof Exception known ? known : failure;
    }

    private static String reason(FootageUnusableException failure, SnapshotRequest request) {
        return request.isLive()
                ? failure.publicReason().replaceAll("\\b(a|the) recording\\b", "the newest fragment of the stream")
                : failure.publicReason();
    }

    private static RuntimeException ofAws(AwsServiceException failure) {
        String code = failure.awsErrorDetails() == null
                ? ""
                : String.valueOf(failure.awsErrorDetails().errorCode());
        if (UNUSABLE.containsKey(code)) {
            return NoSnapshotException.undecodable(UNUSABLE.get(code));
        }
        if (isThrottled(failure)) {
            LOG.warn("a snapshot was throttled: {}", OneLine.of(failure.getMessage(), LONGEST));
            return NoSnapshotException.throttled();
        }
        if (failure.statusCode() == UNAUTHORIZED || failure.statusCode() == FORBIDDEN) {
            LOG.error("a snapshot is not permitted: {}", OneLine.of(failure.getMessage(), LONGEST));
            return new SnapshotForbiddenException();
        }
        if (failure instanceof KinesisVideoArchivedMediaException && failure.statusCode() == NOT_FOUND) {
            return NoSnapshotException.gone();
        }
        return failure;
    }

    /** @return whether a later call may succeed; the SDK does not repeat all of these */
    static boolean isThrottled(AwsServiceException failure) {
        return failure.isThrottlingException()
                || (failure.awsErrorDetails() != null
                        && "ClientLimitExceededException"
                                .equals(failure.awsErrorDetails().errorCode()));
    }

    /** @return whether there is no frame, and the request was all right */
    static boolean isNoFrame(Exception failure) {
        return (failure instanceof ClientErrorException refused && refused.status() == NOT_FOUND)
                || (failure instanceof HttpOperationFailedException http && http.getStatusCode() == NOT_FOUND);
    }
}
