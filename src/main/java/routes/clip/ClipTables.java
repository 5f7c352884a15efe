package routes.clip;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import routes.failure.FootageMissingException;
import routes.jobs.TimedWork;
import routes.mp4.ByteRange;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.MoovLocator;
import routes.mp4.Movie;
import routes.mp4.Track;
import routes.scratch.Workspace;

/** Fetches the sample tables of a stored clip, range by range, to the same offsets of a local file. */
public final class ClipTables {
    private static final String FILE = "tables.mp4";

    private final Workspace workspace;
    private final TimedWork limit;
    private final Path file;
    private final MoovLocator search;
    private Optional<ByteRange> next;
    private String etag;

    /**
     * @param workspace of the local file
     * @param limit of the time of all requests
     */
    ClipTables(Workspace workspace, TimedWork limit) throws IOException {
        this.workspace = workspace;
        this.limit = limit;
        this.file = workspace.file(FILE);
        this.search = new MoovLocator(file);
        this.next = locate();
    }

    private Optional<ByteRange> locate() throws IOException {
        try {
            return search.next();
        } catch (MalformedMp4Exception e) {
            throw unreadable(e);
        }
    }

    /** It was verified before it was stored. */
    private static IllegalStateException unreadable(Exception e) {
        return new IllegalStateException("a stored clip cannot be read", e);
    }

    Workspace workspace() {
        return workspace;
    }

    TimedWork limit() {
        return limit;
    }

    /** @return whether another range has to be fetched */
    public boolean isOpen() {
        return next.isPresent();
    }

    /** @return value of the HTTP header {@code Range} */
    String range() {
        ByteRange range = next.orElseThrow();
        return "bytes=" + range.from() + "-" + (range.to() - 1);
    }

    /** @return the object's ETag; null before the first answer */
    String etag() {
        return etag;
    }

    /**
     * @param length of the whole object, in bytes
     * @throws FootageMissingException if the answer ended early
     */
    void save(InputStream bytes, long length, String objectTag) throws IOException {
        ByteRange range = next.orElseThrow();
        long expected = Math.min(range.to(), length) - range.from();
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw");
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            sparse.setLength(length);
            if (channel.transferFrom(Channels.newChannel(bytes), range.from(), expected) < expected) {
                throw new FootageMissingException("the download of a clip ended early");
            }
        }
        etag = objectTag;
        search.found(range, length);
        next = locate();
    }

    /** @return the video track; valid once {@link #isOpen()} is false */
    Track video() {
        try {
            return Movie.readVideo(file).orElseThrow(() -> new IllegalStateException("a stored clip has no picture"));
        } catch (IOException | MalformedMp4Exception e) {
            throw unreadable(e);
        }
    }
}
