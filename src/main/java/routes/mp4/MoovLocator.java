package routes.mp4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Locates the header of a remote file with a few small reads. The bytes read are in a local file of the same length, at
 * their own offsets.
 */
public final class MoovLocator {
    /** Bytes of the first read: enough for the boxes before the header, or for the header's size. */
    private static final int PROBE = 1024;
    /** A last part of at most this size is read to its end: it probably is the header. */
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
     * @return the next range to read; empty once the header is complete
     * @throws MalformedMp4Exception if the file has none
     */
    public Optional<ByteRange> next() throws IOException, MalformedMp4Exception {
        if (length < 0) {
            return Optional.of(new ByteRange(0, PROBE));
        }
        if (reads > MOST_READS) {
            throw new MalformedMp4Exception("there is no moov box among the first boxes");
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
     * @param range of {@link #next}, now in the local file
     * @param fileLength of the remote file, in bytes
     */
    public void found(ByteRange range, long fileLength) {
        length = fileLength;
        known = Math.min(range.to(), fileLength);
        reads++;
    }

    /** @return size of the remote file in bytes, after the first read */
    public long length() {
        return length;
    }
}
