package routes.transcode.play;

import java.time.Duration;
import java.time.Instant;
import routes.transcode.hls.OutputPath;

/**
 * What a playlist token grants: one stream, until an instant.
 *
 * @param run of the job, whose objects are played
 * @param output its objects
 * @param length of the stream
 * @param expiresAt a whole second
 */
public record PlaylistGrant(String jobId, int run, OutputPath output, Duration length, Instant expiresAt) {
    /** Of a stream whose prefix follows from the job. */
    PlaylistGrant(String jobId, int run, Duration length, Instant expiresAt) {
        this(jobId, run, OutputPath.of(jobId, run), length, expiresAt);
    }

    /** @return empty if it follows from the job */
    String ownPrefix() {
        return output.equals(OutputPath.of(jobId, run)) ? "" : output.prefix();
    }
}
