package routes.clip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.cut.TimeAnchor;
import routes.failure.ClientErrorException;
import routes.failure.FootageMissingException;
import routes.failure.ScratchFullException;
import routes.jobs.Job;
import routes.jobs.TimedWork;
import routes.mp4.PackedLongColumn;
import routes.mp4.Track;
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
    /** Bytes of a time and an instant in the answer. */
    private static final int PER_FRAME = 28;

    private final ClipResults results;
    private final ClipMessages messages;
    private final ScratchSpace scratch;
    private final String bucket;

    ClipFrames(ClipResults results, ClipMessages messages, ScratchSpace scratch, Settings settings) {
        this.scratch = scratch;
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
        String etag = "\"" + UUID.nameUUIDFromBytes(version.getBytes(StandardCharsets.UTF_8)) + "\"";
        ClipRequest request = messages.readAvailableFields(job.request());
        return new StoredClip(
                job.id(),
                results.clipKey(job.result()).orElseThrow(() -> noClip(job)),
                etag,
                known != null && (known.contains(etag) || known.strip().equals("*")),
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
            String range = bytes.response().contentRange();
            long length = range == null
                    ? bytes.response().contentLength()
                    : Long.parseLong(range.substring(range.indexOf('/') + 1));
            tables.save(bytes, length, bytes.response().eTag());
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
        byte[] body = json(clip, tables.video());
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

    /** Written by hand: an hour of video has 100,000 frames and more. */
    private static byte[] json(StoredClip clip, Track video) {
        PackedLongColumn shown = video.shown(Long.MIN_VALUE, Long.MAX_VALUE);
        LongUnaryOperator time = ticks -> ticks - video.origin();
        ByteArrayOutputStream out = new ByteArrayOutputStream(PER_FRAME * shown.count() + PER_FRAME * PER_FRAME);
        // an identifier needs no escapes
        write(
                out,
                "{\"jobId\":\"" + clip.jobId() + "\",\"timescale\":" + video.timescale() + ",\"frames\":"
                        + shown.count() + ",\"times\":[");
        write(out, shown.stream().map(time));
        write(out, "],\"instants\":[");
        Instants instants = new Instants(clip.anchors());
        write(out, shown.stream().map(time).map(ticks -> instants.of(TimeAnchor.micros(ticks, video.timescale()))));
        write(out, "]}");
        return out.toByteArray();
    }

    /** Recorded instants of ascending times of a clip. */
    private static final class Instants {
        private final List<TimeAnchor> anchors;
        private int at;

        Instants(List<TimeAnchor> anchors) {
            this.anchors = anchors;
        }

        /** @param clipTime in microseconds, not before the one of the last call */
        long of(long clipTime) {
            while (at + 1 < anchors.size() && anchors.get(at + 1).clipMicros() <= clipTime) {
                at++;
            }
            return anchors.get(at).instant(clipTime);
        }
    }

    private static void write(ByteArrayOutputStream out, LongStream numbers) {
        long[] written = {0};
        numbers.forEachOrdered(number -> write(out, (written[0]++ == 0 ? "" : ",") + number));
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
