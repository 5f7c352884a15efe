package routes.transcode.mediaconvert;

import routes.failure.TransientException;

/** A process works on the job that an event is about, and may not overlook the event. */
final class JobInUseException extends TransientException {
    JobInUseException(String jobId) {
        super("job " + jobId + " is worked on: an event of MediaConvert waits");
    }
}
