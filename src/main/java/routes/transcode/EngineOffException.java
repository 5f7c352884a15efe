package routes.transcode;

import routes.failure.PermanentException;

/** MediaConvert was to convert a film, and is no engine of this service any more. */
final class EngineOffException extends PermanentException {
    static final String REASON = "its engine, MediaConvert, is not configured any more";

    EngineOffException(String jobId) {
        super(jobId + ": " + REASON, REASON);
    }
}
