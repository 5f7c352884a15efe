package routes.transcode.mediaconvert;

import routes.failure.TransientException;

/** An event is about a job of MediaConvert that belongs to no job yet. */
final class UnknownEngineJobException extends TransientException {
    UnknownEngineJobException(String engineId) {
        super("no job is known for job " + engineId + " of MediaConvert");
    }
}
