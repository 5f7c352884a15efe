package routes.media.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A box in a file, of which only the header was read.
 *
 * @param from where its header begins, in bytes
 * @param body where its content begins, in bytes
 * @param to exclusive, in bytes; never beyond the end of what holds it
 */
record FileBox(String type, long from, long body, long to) {
    /** As many bytes as the longest header has. */
    static final int HEADER = 16;

    private static final int SHORT_HEADER = 8;

    /**
     * Reads one link in the chain of boxes that a file consists of.
     *
     * @param at where the box begins
     * @throws BrokenMovie when there is no whole box
     */
    static FileBox read(FileChannel channel, long at) throws IOException, BrokenMovie {
        long end = channel.size();
        if (end - at < SHORT_HEADER) {
            throw BrokenMovie.unfinished("the file has no 'moov' box");
        }
        FileBox box = header(channel, at, end);
        if (!box.isWithin(end)) {
            throw BrokenMovie.unfinished("the file is cut off");
        }
        return box;
    }

    /** @throws BrokenMovie when a child is larger than this box, or when there are too many */
    List<FileBox> children(FileChannel channel) throws IOException, BrokenMovie {
        List<FileBox> children = new ArrayList<>();
        for (long at = body; to - at >= SHORT_HEADER; at = children.get(children.size() - 1).to) {
            FileBox child = header(channel, at, to);
            if (!child.isWithin(to)) {
                throw Box.impossible(child.type, child.to - at);
            }
            children.add(child);
            Box.ensureFew(children.size());
        }
        return children;
    }

    private static FileBox header(FileChannel channel, long at, long end) throws IOException, BrokenMovie {
        ByteBuffer header = read(channel, at, (int) Math.min(HEADER, end - at));
        long size = Integer.toUnsignedLong(header.getInt(0));
        int length = SHORT_HEADER;
        if (size == 1 && header.limit() == HEADER) {
            size = header.getLong(SHORT_HEADER);
            length = HEADER;
        } else if (size == 0) {
            size = end - at;
        }
        return new FileBox(Box.name(header, 4), at, at + length, at + size);
    }

    /** A size that overflows makes an end before the content. */
    private boolean isWithin(long end) {
        return to >= body && to <= end;
    }

    boolean isMovie() {
        return type.equals("moov");
    }

    /** @return the whole of it, in memory */
    Box load(FileChannel channel) throws IOException, BrokenMovie {
        return new Box(type, read(channel, body, Math.toIntExact(to - body)));
    }

    private static ByteBuffer read(FileChannel channel, long at, int count) throws IOException, BrokenMovie {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw BrokenMovie.unfinished("the file is cut off");
            }
        }
        return bytes.flip();
    }
}
