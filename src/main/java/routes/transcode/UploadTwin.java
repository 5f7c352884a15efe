package routes.transcode;

import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import routes.jobs.Job;
import routes.jobs.JobStatus;
import routes.settings.Settings;

/**
 * Finds the job that a client requested for an upload before its event arrived, so that no film is transcoded twice. See
 * docs/decisions/0040.
 */
@Component("uploadTwin")
@Conditional(TranscodeSwitch.class)
public class UploadTwin {
    /** How far the clocks of S3 and of this service may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final TranscodeMessages messages;
    private final String bucket;

    UploadTwin(TranscodeMessages messages, Settings settings) {
        this.messages = messages;
        this.bucket = settings.transcode().bucket();
    }

    /** @return the request as text, with the engine of its job, if there is one: settings may have changed since then */
    public String asOpened(
            @Body String text, @Variable("request") TranscodeRequest request, @Variable("job") Job known) {
        return messages.asOpened(text, request, known);
    }

    /** @return the id of the job that {@code POST /transcodes} creates for the same object */
    public String id(@Variable("request") TranscodeRequest request) {
        return object(request).contentId();
    }

    /** @return whether this job, if any, is about the same upload */
    public boolean isFound(@Variable("request") TranscodeRequest request, @Variable("job") Job twin) {
        return request.uploadedAt() != null
                && twin != null
                && !twin.id().equals(request.jobId())
                && twin.status() != JobStatus.FAILED
                && twin.status() != JobStatus.CANCELLED
                && !twin.createdAt().isBefore(request.uploadedAt().minus(SKEW));
    }

    private UploadedObject object(TranscodeRequest request) {
        return new UploadedObject(
                bucket, request.inputFile(), request.versionId(), request.eTag(), null, request.uploadedAt());
    }
}
