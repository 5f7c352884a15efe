package routes.media.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * One link in the chain of boxes that a file consists of.
 *
 * @param from where its header begins, in bytes
 * @param body where its content begins, in bytes
 * @param to exclusive, in bytes; never beyond the file's end
 */
record TopLevelBox(String type, long from, long body, long to) {
    /** As many bytes as the longest header has. */
    static final int HEADER = 16;

    private static final int SHORT_HEADER = 8;

    /**
     * @param at where the box begins
     * @throws BrokenMovie when there is no whole box
     */
    static TopLevelBox read(FileChannel channel, long at) throws IOException, BrokenMovie {
        long left = channel.size() - at;
        if (left < SHORT_HEADER) {
            throw BrokenMovie.unfinished("the file has no 'moov' box");
        }
        ByteBuffer header = read(channel, at, (int) Math.min(HEADER, left));
        long size = Integer.toUnsignedLong(header.getInt(0));
        int length = SHORT_HEADER;
        if (size == 1 && left >= HEADER) {
            size = header.getLong(SHORT_HEADER);
            length = HEADER;
        } else if (size == 0) {
            size = left;
        }
        if (size < length || size > left) {
            throw BrokenMovie.unfinished("the file is cut off");
        }
        return new TopLevelBox(Box.name(header, 4), at, at + length, at + size);
    }

    boolean isMovie() {
        return type.equals("moov");
    }

    static ByteBuffer read(FileChannel channel, long at, int count) throws IOException, BrokenMovie {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw BrokenMovie.unfinished("the file is cut off");
            }
        }
        return bytes.flip();
    }
}
