package routes.clip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;
import routes.failure.FootageMissingException;
import routes.failure.ScratchFullException;
import routes.fetch.RecordingDownload;
import routes.jobs.Job;
import routes.jobs.TimedWork;
import routes.scratch.ScratchSpace;
import routes.settings.Settings;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The times of the frames of a stored clip, from its sample tables; each method is one step of a route. */
@Component("clipFrames")
public class ClipFrames {
    private static final Logger LOG = LoggerFactory.getLogger(ClipFrames.class);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int NOT_MODIFIED = 304;
    private static final int OK = 200;

    private final ClipResults results;
    private final ClipMessages messages;
    private final ScratchSpace scratch;
    private final FrameTimes times;
    private final String bucket;

    ClipFrames(ClipResults results, ClipMessages messages, ScratchSpace scratch, FrameTimes times, Settings settings) {
        this.scratch = scratch;
        this.times = times;
        this.results = results;
        this.messages = messages;
        this.bucket = settings.bucket().destination();
    }

    /**
     * @param known ETags that the client has, or null
     * @throws ClientErrorException if the job has no clip
     */
    public StoredClip find(@Variable("job") Job job, @Header("If-None-Match") String known) {
        if (!job.type().equals(ClipJobType.NAME) || !job.succeeded() || job.result() == null) {
            throw noClip(job);
        }
        String version = job.id() + "/" + job.run() + "/" + job.eventId() + "/" + job.createdAt();
        String tag = "\"" + UUID.nameUUIDFromBytes(version.getBytes(StandardCharsets.UTF_8)) + "\"";
        ClipRequest request = messages.readAvailableFields(job.request());
        return new StoredClip(
                job.id(),
                results.clipKey(job.result()).orElseThrow(() -> noClip(job)),
                // weak, since Tomcat compresses no answer with a strong one
                "W/" + tag,
                known != null && (known.contains(tag) || known.strip().equals("*")),
                results.anchors(job.result(), request.start()));
    }

    /** @throws ClientErrorException always: its object was removed */
    public void gone(@Variable("job") Job job) {
        throw noClip(job);
    }

    private static ClientErrorException noClip(Job job) {
        return ClientErrorException.notFound("job " + job.id() + " has no clip");
    }

    /** @throws ScratchFullException if there is no room for the tables */
    public ClipTables search(@Variable("job") Job job) {
        TimedWork limit = new TimedWork(LONGEST);
        try {
            return new ClipTables(scratch.open(job.id(), limit), limit);
        } catch (IOException e) {
            limit.close();
            throw new ScratchFullException("no file for the tables of a clip: " + e);
        }
    }

    /** Removes the local file. */
    public void close(@Variable("tables") ClipTables tables) {
        try {
            tables.limit().close();
            scratch.remove(tables.workspace());
        } catch (IOException e) {
            LOG.warn("the tables of a clip could not be removed: {}", e.toString());
        }
    }

    public GetObjectRequest request(@Variable("clip") StoredClip clip, @Variable("tables") ClipTables tables) {
        return GetObjectRequest.builder()
                .bucket(bucket)
                .key(clip.key())
                .range(tables.range())
                .ifMatch(tables.etag())
                .build();
    }

    /** @throws FootageMissingException if the answer ended early */
    public void save(@Variable("tables") ClipTables tables, @Body ResponseInputStream<GetObjectResponse> bytes) {
        tables.limit().ensureHeld();
        try (bytes) {
            tables.save(
                    bytes,
                    RecordingDownload.objectLength(bytes.response()),
                    bytes.response().eTag());
        } catch (IOException e) {
            throw new FootageMissingException("the download of a clip ended early: " + e);
        }
    }

    /** Answers that the client has the frames already. */
    public void notModified(@Variable("clip") StoredClip clip, Message message) {
        answer(message, clip, NOT_MODIFIED);
        message.setBody("");
    }

    /** Answers with JSON, as in the contract. */
    public void answer(@Variable("clip") StoredClip clip, @Variable("tables") ClipTables tables, Message message) {
        byte[] body = times.json(clip, tables.video());
        answer(message, clip, OK);
        message.setBody(body);
    }

    private static void answer(Message message, StoredClip clip, int status) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setHeader("ETag", clip.etag());
        message.setHeader("Cache-Control", "private, max-age=3600");
    }
}
