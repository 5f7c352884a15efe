package routes.transcode;

import routes.failure.TransientException;

/** MediaConvert is to convert a film, and is no engine of this process, perhaps of another one. */
final class EngineAbsentException extends TransientException {
    EngineAbsentException(String jobId) {
        super(jobId + ": MediaConvert is not configured in this process");
    }
}
