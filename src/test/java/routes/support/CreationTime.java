package routes.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The creation time in the movie header ({@code moov/mvhd}) of an MP4 file. */
final class CreationTime {
    /** Seconds from 1904 to 1970. */
    private static final long FROM_1904 = 2_082_844_800L;

    private static final int HEADER = 16;
    private static final int SHORT_HEADER = 8;
    /** Version, flags, and a time of 64 bits. */
    private static final int TIME = 12;

    private final FileChannel channel;

    private CreationTime(FileChannel channel) {
        this.channel = channel;
    }

    /** A box by its content, {@code [from, to)}. */
    private record Content(long from, long to) {}

    /** @return UTC; empty if there is none: many recorders write 0 */
    static Optional<Instant> of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            CreationTime time = new CreationTime(channel);
            Content mvhd = time.find("mvhd", time.find("moov", new Content(0, channel.size())));
            ByteBuffer start = time.read(mvhd.from(), TIME);
            if (start.limit() < TIME) {
                return Optional.empty();
            }
            boolean isLong = start.get(0) == 1;
            long seconds = (isLong ? start.getLong(4) : Integer.toUnsignedLong(start.getInt(4))) - FROM_1904;
            return seconds > 0 ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty();
        }
    }

    /** @return an empty content if there is no such box */
    private Content find(String type, Content parent) throws IOException {
        long at = parent.from();
        while (parent.to() - at >= SHORT_HEADER) {
            ByteBuffer header = read(at, HEADER);
            long size = Integer.toUnsignedLong(header.getInt(0));
            int length = size == 1 ? HEADER : SHORT_HEADER;
            if (size == 1 && header.limit() == HEADER) {
                size = header.getLong(SHORT_HEADER);
            } else if (size == 0) {
                size = parent.to() - at;
            }
            if (size < length || size > parent.to() - at) {
                break;
            }
            if (StandardCharsets.ISO_8859_1
                    .decode(header.slice(4, 4))
                    .toString()
                    .equals(type)) {
                return new Content(at + length, at + size);
            }
            at += size;
        }
        return new Content(parent.to(), parent.to());
    }

    private ByteBuffer read(long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // until the end of the file
        }
        return bytes.flip();
    }
}
