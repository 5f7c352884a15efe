package routes.fetch;

import java.io.IOException;
import java.nio.file.Path;
import routes.cut.Source;
import routes.failure.FootageMissingException;
import routes.failure.FootageUnusableException;
import routes.mp4.ByteRange;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.MoovLocator;

/** Locates and downloads the {@code moov} box of one recording. */
public final class MoovDownload {
    private final Segment segment;
    private final Path file;
    private final MoovLocator search;
    private String etag;
    private ByteRange next;

    MoovDownload(Segment segment, Path file) throws IOException {
        this.segment = segment;
        this.file = file;
        this.search = new MoovLocator(file);
        locate();
    }

    /** @return whether another range has to be fetched */
    public boolean isOpen() {
        return next != null;
    }

    private void locate() throws IOException {
        try {
            next = search.next().orElse(null);
        } catch (MalformedMp4Exception e) {
            if (e.isUnfinished()) {
                throw new FootageMissingException("a recording is incomplete: " + e.getMessage());
            }
            throw new FootageUnusableException("a recording cannot be read: " + e.getMessage());
        }
    }

    /** @return the next range to fetch */
    public RecordingPart part() {
        return new RecordingPart(segment.key(), file, etag, next);
    }

    /**
     * @param length of the whole object, in bytes
     * @param objectTag ETag of the object
     * @throws FootageMissingException if the recording has no {@code moov} yet
     * @throws FootageUnusableException if the recording is malformed
     */
    void found(ByteRange range, long length, String objectTag) throws IOException {
        etag = objectTag;
        search.found(range, length);
        locate();
    }

    /** @return the recording; valid once {@link #isOpen()} is false */
    public Source source() {
        return new Source(
                segment.key(),
                file,
                search.length(),
                etag,
                segment.recording().start(),
                segment.recording().end(),
                segment.from(),
                segment.to());
    }
}
