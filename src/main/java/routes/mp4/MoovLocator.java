package routes.mp4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Finds the header of a file that is far away by few small reads, wherever in the file it stands. What was read lies in
 * a local file as long as the far one, each byte at its own offset.
 */
public final class MoovLocator {
    /** Bytes of the first read: enough for the boxes before the header, or for the header's own size. */
    private static final int PROBE = 1024;
    /** A file whose last part is no longer than this is read to its end: that part is the header, most likely. */
    private static final int LAST_PART = 1024 * 1024;

    private static final int MOST_READS = 32;

    private final Path file;
    private long length = -1;
    private long at;
    private long known;
    private int reads;

    public MoovLocator(Path file) {
        this.file = file;
    }

    /**
     * @return what is to be read next; empty once the header is there
     * @throws MalformedMp4Exception when the file has none
     */
    public Optional<ByteRange> next() throws IOException, MalformedMp4Exception {
        if (length < 0) {
            return Optional.of(new ByteRange(0, PROBE));
        }
        if (reads > MOST_READS) {
            throw new MalformedMp4Exception("there is no header among the first boxes");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (true) {
                if (at < length && known < Math.min(at + BoxHeader.HEADER, length)) {
                    long end = length - at <= LAST_PART ? length : at + PROBE;
                    return Optional.of(new ByteRange(Math.max(at, known), end));
                }
                BoxHeader box = BoxHeader.read(channel, at);
                if (box.isMovie()) {
                    return known < box.to() ? Optional.of(new ByteRange(known, box.to())) : Optional.empty();
                }
                at = box.to();
                known = Math.max(known, at);
            }
        }
    }

    /**
     * @param range what {@link #next} asked for, and now is in the local file
     * @param fileLength of the whole far file, in bytes
     */
    public void found(ByteRange range, long fileLength) {
        length = fileLength;
        known = Math.min(range.to(), fileLength);
        reads++;
    }

    /** @return bytes of the whole file, once the first read is done */
    public long length() {
        return length;
    }
}
