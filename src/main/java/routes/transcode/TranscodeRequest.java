package routes.transcode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;
import routes.jobs.Job;
import routes.jobs.JobRequest;
import routes.settings.Settings;

/**
 * A request for the stream of one uploaded film.
 *
 * @param inputFile key of the film
 * @param engine that converts it
 * @param versionId of the object; null if the bucket keeps no versions
 * @param eTag of the object without quotes; null if not known
 * @param uploadedAt time of the event that reported the upload; null for a request of a client
 */
public record TranscodeRequest(
        String jobId, String inputFile, String engine, String versionId, String eTag, Instant uploadedAt)
        implements JobRequest {
    static final String FFMPEG = Settings.Transcode.FFMPEG;
    static final String MEDIACONVERT = Settings.Transcode.MEDIACONVERT;
    private static final JsonMapper JSON = new JsonMapper();

    /** @return of the job's request; null if it could not be read */
    static String engineOf(Job job) {
        try {
            return JSON.readTree(job.request()).path("engine").asText(null);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the request of a transcode: " + job.request(), e);
        }
    }

    /** @return whether MediaConvert converts the film of the job */
    static boolean isElsewhere(Job job) {
        return MEDIACONVERT.equals(engineOf(job));
    }

    static TranscodeRequest of(UploadedObject object, String jobId, String engine) {
        return new TranscodeRequest(jobId, object.key(), engine, object.versionId(), object.eTag(), object.storedAt());
    }

    TranscodeRequest withEngine(String other) {
        return new TranscodeRequest(jobId, inputFile, other, versionId, eTag, uploadedAt);
    }

    TranscodeRequest withJobId(String id) {
        return new TranscodeRequest(id, inputFile, engine, versionId, eTag, uploadedAt);
    }

    /** @return whether both are about the same content of the same key */
    boolean isOfSameObject(TranscodeRequest other) {
        return Objects.equals(inputFile, other.inputFile)
                && Objects.equals(versionId, other.versionId)
                && Objects.equals(eTag, other.eTag);
    }

    @Override
    public String subject() {
        return inputFile;
    }

    @Override
    public String identity() {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("jobId", jobId)
                .put("inputFile", inputFile)
                .put("engine", engine);
        if (versionId != null) {
            root.put("versionId", versionId);
        }
        if (eTag != null) {
            root.put("eTag", eTag);
        }
        return root.toString();
    }

    @Override
    public int sequence() {
        return 0;
    }

    @Override
    public String message() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        if (uploadedAt != null) {
            root.put("uploadedAt", uploadedAt.toEpochMilli());
        }
        return root.toString();
    }
}
