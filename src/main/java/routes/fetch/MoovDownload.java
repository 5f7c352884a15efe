package routes.fetch;

import java.io.IOException;
import java.nio.file.Path;
import routes.cut.Source;
import routes.failure.FootageMissingException;
import routes.failure.FootageUnusableException;
import routes.mp4.ByteRange;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.MoovLocator;

/** The search for the tables of one recording in the bucket, while it goes on. */
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

    /** @return whether another part has to be fetched */
    public boolean isOpen() {
        return next != null;
    }

    private void locate() throws IOException {
        try {
            next = search.next().orElse(null);
        } catch (MalformedMp4Exception e) {
            if (e.isUnfinished()) {
                throw new FootageMissingException("a recording is not whole: " + e.getMessage());
            }
            throw new FootageUnusableException("a recording cannot be read: " + e.getMessage());
        }
    }

    /** @return what has to be fetched next */
    public RecordingPart part() {
        return new RecordingPart(segment.key(), file, etag, next);
    }

    /**
     * @param length of the whole object, in bytes
     * @param objectTag of the object that the part belongs to
     * @throws FootageMissingException when the recording has no tables yet
     * @throws FootageUnusableException when it will never have any
     */
    void found(ByteRange range, long length, String objectTag) throws IOException {
        etag = objectTag;
        search.found(range, length);
        locate();
    }

    /** @return the recording, once the search is over */
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
