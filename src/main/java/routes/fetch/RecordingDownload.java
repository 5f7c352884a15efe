package routes.fetch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.failure.FootageMissingException;
import routes.jobs.Stage;
import routes.scratch.Workspace;
import routes.settings.Settings;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Streams byte ranges of recordings from the bucket to local files, without buffering them in the heap. */
@Component("recordingDownload")
public class RecordingDownload {
    private static final int BUFFER = 64 * 1024;

    private final String bucket;

    RecordingDownload(Settings settings) {
        this.bucket = settings.bucket().origin();
    }

    /** @param index of the segment within the split, from 0 */
    public MoovDownload search(
            @ExchangeProperty("segment") Segment segment,
            @ExchangeProperty("CamelSplitIndex") int index,
            @Variable("workspace") Workspace workspace)
            throws IOException {
        return new MoovDownload(segment, workspace.recording(index));
    }

    /** @param index of the recording within the loop, from 0 */
    public MoovDownload searchNext(
            @ExchangeProperty("segment") Segment segment,
            @ExchangeProperty("CamelLoopIndex") int index,
            @Variable("workspace") Workspace workspace)
            throws IOException {
        return search(segment, index, workspace);
    }

    /** @return a ranged request, with {@code If-Match} on the ETag of the planned object */
    public GetObjectRequest request(@ExchangeProperty("part") RecordingPart part) {
        return GetObjectRequest.builder()
                .bucket(bucket)
                .key(part.key())
                .range(part.header())
                .ifMatch(part.etag())
                .build();
    }

    /** Starts progress reporting for fetched bytes. */
    public void expect(@Variable("fetch") FetchPlan plan, @Variable("workspace") Workspace workspace) {
        workspace.expect(plan.bytes(), Stage.FOOTAGE_FOUND, Stage.FETCHED);
    }

    /**
     * Passes a fetched range to its search.
     *
     * @throws FootageMissingException if the recording has no {@code moov} yet
     * @throws routes.failure.FootageUnusableException if the recording is malformed
     */
    public void found(
            @ExchangeProperty("search") MoovDownload search,
            @ExchangeProperty("part") RecordingPart part,
            @Body GetObjectResponse object)
            throws IOException {
        long length = objectLength(object);
        try (RandomAccessFile file = new RandomAccessFile(part.file().toFile(), "rw")) {
            // a sparse file: only written ranges use disk space
            file.setLength(length);
        }
        search.found(part.range(), length, object.eTag());
    }

    /**
     * Writes a range to its offset in the local file.
     *
     * @return metadata of the object
     * @throws FootageMissingException if the body does not have the length of the range
     */
    public GetObjectResponse save(
            @ExchangeProperty("part") RecordingPart part,
            @Body ResponseInputStream<GetObjectResponse> bytes,
            @Variable("workspace") Workspace workspace)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        long at = part.range().from();
        try (bytes;
                FileChannel file = FileChannel.open(part.file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
                workspace.ensureHeld();
                ByteBuffer block = ByteBuffer.wrap(buffer, 0, n);
                while (block.hasRemaining()) {
                    at += file.write(block, at);
                }
                workspace.progressed(n);
            }
        }
        if (at != Math.min(part.range().to(), objectLength(bytes.response()))) {
            throw new FootageMissingException("the download of a recording ended early");
        }
        return bytes.response();
    }

    /** @return bytes of the whole object */
    public static long objectLength(GetObjectResponse object) {
        String range = object.contentRange();
        return range == null ? object.contentLength() : Long.parseLong(range.substring(range.indexOf('/') + 1));
    }
}
