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

/** Brings parts of recordings from the bucket to the disk, past the heap. */
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

    /** @return for the bytes of the part, and for no other object than it was planned for */
    public GetObjectRequest request(@ExchangeProperty("part") RecordingPart part) {
        return GetObjectRequest.builder()
                .bucket(bucket)
                .key(part.key())
                .range(part.header())
                .ifMatch(part.etag())
                .build();
    }

    /** Begins to count what is fetched. */
    public void expect(@Variable("fetch") FetchPlan plan, @Variable("workspace") Workspace workspace) {
        workspace.expect(plan.bytes(), Stage.FOOTAGE_FOUND, Stage.FETCHED);
    }

    /**
     * Ends a step of a search.
     *
     * @throws FootageMissingException when the recording has no tables yet
     * @throws routes.failure.FootageUnusableException when it will never have any
     */
    public void found(
            @ExchangeProperty("search") MoovDownload search,
            @ExchangeProperty("part") RecordingPart part,
            @Body GetObjectResponse object)
            throws IOException {
        long length = length(object);
        try (RandomAccessFile file = new RandomAccessFile(part.file().toFile(), "rw")) {
            // takes no room on the disk but where bytes were written
            file.setLength(length);
        }
        search.found(part.range(), length, object.eTag());
    }

    /**
     * @return what the object's headers say
     * @throws FootageMissingException when fewer bytes came than were announced
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
        if (at != Math.min(part.range().to(), length(bytes.response()))) {
            throw new FootageMissingException("a recording broke off while it was fetched");
        }
        return bytes.response();
    }

    /** @return bytes of the whole object, of which a part was asked for */
    private static long length(GetObjectResponse object) {
        String range = object.contentRange();
        return range == null ? object.contentLength() : Long.parseLong(range.substring(range.indexOf('/') + 1));
    }
}
