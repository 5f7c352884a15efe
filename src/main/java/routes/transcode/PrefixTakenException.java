package routes.transcode;

import routes.failure.TransientException;

/** Other runs have claimed the prefixes of this moment. */
final class PrefixTakenException extends TransientException {
    PrefixTakenException(String jobId) {
        super("the prefixes of this moment are taken: job " + jobId + " waits");
    }
}
