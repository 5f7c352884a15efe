package routes.clip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import routes.failure.FootageMissing;
import routes.failure.FootageUnusable;
import routes.media.RecordingPart;
import routes.media.Source;
import routes.media.mp4.BrokenMovie;
import routes.media.mp4.ByteRange;
import routes.media.mp4.HeaderSearch;

/** The search for the tables of one recording in the bucket, while it goes on. */
public final class TableSearch {
    private final Piece piece;
    private final Path file;
    private final HeaderSearch search;
    private String etag;
    private ByteRange next;

    TableSearch(Piece piece, Path file) {
        this.piece = piece;
        this.file = file;
        this.search = new HeaderSearch(file);
    }

    /**
     * @return whether another part has to be fetched
     * @throws FootageMissing when the recording has no tables yet
     * @throws FootageUnusable when it will never have any
     */
    public boolean isOpen() throws IOException {
        try {
            Optional<ByteRange> range = search.next();
            next = range.orElse(null);
            return range.isPresent();
        } catch (BrokenMovie e) {
            if (e.isUnfinished()) {
                throw new FootageMissing("a recording is not whole: " + e.getMessage());
            }
            throw new FootageUnusable("a recording cannot be read: " + e.getMessage());
        }
    }

    /** @return what has to be fetched next */
    public RecordingPart part() {
        return new RecordingPart(piece.key(), file, etag, next);
    }

    /**
     * @param length of the whole object, in bytes
     * @param objectTag of the object that the part belongs to
     */
    void found(ByteRange range, long length, String objectTag) {
        etag = objectTag;
        search.found(range, length);
    }

    /** @return the recording, once the search is over */
    public Source source() {
        return new Source(
                piece.key(), file, search.length(), etag, piece.recording().start(), piece.from(), piece.to());
    }
}
