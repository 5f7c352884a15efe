package routes.transcode.play;

import java.time.Duration;
import java.time.Instant;
import routes.transcode.hls.OutputPath;

/**
 * What a playlist token grants: one stream, until an instant.
 *
 * @param run of the job, whose objects are played
 * @param length of the stream
 * @param expiresAt a whole second
 */
public record PlaylistGrant(String jobId, int run, Duration length, Instant expiresAt) {
    OutputPath output() {
        return OutputPath.of(jobId, run);
    }
}
