package routes.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The header of a box in a file.
 *
 * @param from offset of the header, in bytes
 * @param body offset of the content, in bytes
 * @param to exclusive, in bytes; never beyond the end of the parent
 */
record BoxHeader(String type, long from, long body, long to) {
    /** Size of the longest header. */
    static final int HEADER = 16;

    private static final int SHORT_HEADER = 8;

    /**
     * Reads the header of one box.
     *
     * @param at offset of the box
     * @throws MalformedMp4Exception if the box is incomplete
     */
    static BoxHeader read(FileChannel channel, long at) throws IOException, MalformedMp4Exception {
        long end = channel.size();
        if (end - at < SHORT_HEADER) {
            throw MalformedMp4Exception.unfinished("the file has no 'moov' box");
        }
        BoxHeader box = header(channel, at, end);
        if (!box.isWithin(end)) {
            throw MalformedMp4Exception.unfinished("the file is cut off");
        }
        return box;
    }

    /** @throws MalformedMp4Exception if a child is larger than this box, or there are too many */
    List<BoxHeader> children(FileChannel channel) throws IOException, MalformedMp4Exception {
        List<BoxHeader> children = new ArrayList<>();
        for (long at = body; to - at >= SHORT_HEADER; at = children.get(children.size() - 1).to) {
            BoxHeader child = header(channel, at, to);
            if (!child.isWithin(to)) {
                throw Box.impossible(child.type, child.to - at);
            }
            children.add(child);
            Box.ensureAtMost(children.size());
        }
        return children;
    }

    private static BoxHeader header(FileChannel channel, long at, long end) throws IOException, MalformedMp4Exception {
        ByteBuffer header = read(channel, at, (int) Math.min(HEADER, end - at));
        long size = Integer.toUnsignedLong(header.getInt(0));
        int length = SHORT_HEADER;
        if (size == 1 && header.limit() == HEADER) {
            size = header.getLong(SHORT_HEADER);
            length = HEADER;
        } else if (size == 0) {
            size = end - at;
        }
        return new BoxHeader(Box.name(header, 4), at, at + length, at + size);
    }

    /** A size that overflows makes the end smaller than the start of the content. */
    private boolean isWithin(long end) {
        return to >= body && to <= end;
    }

    boolean isMovie() {
        return type.equals("moov");
    }

    /** @return the whole box, in memory */
    Box load(FileChannel channel) throws IOException, MalformedMp4Exception {
        return new Box(type, read(channel, body, Math.toIntExact(to - body)));
    }

    private static ByteBuffer read(FileChannel channel, long at, int count) throws IOException, MalformedMp4Exception {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw MalformedMp4Exception.unfinished("the file is cut off");
            }
        }
        return bytes.flip();
    }
}
