package routes.mp4;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes boxes, big endian. Content is written twice, since a box starts with its size: the first pass only measures.
 * So at most one buffer of it is in memory.
 * <p>Both passes must write the same, except for numbers.
 */
final class BoxWriter {
    private static final int BUFFER = 16 * 1024;

    private final ByteBuffer buffer;
    /** Null during measuring. */
    private final WritableByteChannel out;
    /** Sizes of the boxes, in the order in which they start; as far as they are known. */
    private final List<Long> sizes;

    private int boxes;
    private long length;

    private BoxWriter(ByteBuffer buffer, WritableByteChannel out, List<Long> sizes) {
        this.buffer = buffer;
        this.out = out;
        this.sizes = sizes;
    }

    /** The content of a box. */
    interface Content {
        void write(BoxWriter box);
    }

    /** Boxes that contain offsets of later data. */
    interface Header {
        /** @param length bytes of all boxes; 0 during measuring */
        void write(BoxWriter boxes, long length);
    }

    static void write(WritableByteChannel out, Header header) throws IOException {
        BoxWriter measured = measure(b -> header.write(b, 0));
        BoxWriter written = new BoxWriter(ByteBuffer.allocate(BUFFER), out, measured.sizes);
        try {
            header.write(written, measured.length);
            written.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    static ByteBuffer inMemory(Content content) {
        BoxWriter measured = measure(content);
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(measured.length));
        content.write(new BoxWriter(all, null, measured.sizes));
        return all.flip();
    }

    private static BoxWriter measure(Content content) {
        BoxWriter measured = new BoxWriter(ByteBuffer.allocate(BUFFER), null, new ArrayList<>());
        content.write(measured);
        return measured;
    }

    /** @param type four characters */
    void box(String type, Content content) {
        int box = boxes++;
        if (box == sizes.size()) {
            sizes.add(0L);
        }
        long start = length;
        u32(sizes.get(box)).name(type);
        content.write(this);
        sizes.set(box, length - start);
    }

    /** A box that starts with version and flags. */
    void box(String type, int version, int flags, Content content) {
        box(type, b -> {
            b.u32((long) version << 24 | flags);
            content.write(b);
        });
    }

    BoxWriter name(String four) {
        return bytes(ByteBuffer.wrap(four.getBytes(StandardCharsets.ISO_8859_1)));
    }

    BoxWriter u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    BoxWriter u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    BoxWriter u32(long value) {
        room(4).putInt((int) value);
        return this;
    }

    BoxWriter u64(long value) {
        room(8).putLong(value);
        return this;
    }

    /** @param version 0 for 32 bits, 1 for 64 */
    BoxWriter word(int version, long value) {
        return version == 0 ? u32(value) : u64(value);
    }

    BoxWriter zeros(int count) {
        return bytes(ByteBuffer.allocate(count));
    }

    BoxWriter bytes(ByteBuffer source) {
        ByteBuffer rest = source.duplicate();
        while (rest.hasRemaining()) {
            int part = Math.min(rest.remaining(), BUFFER);
            room(part).put(rest.slice(rest.position(), part));
            rest.position(rest.position() + part);
        }
        return this;
    }

    private ByteBuffer room(int count) {
        if (buffer.remaining() < count) {
            flush();
        }
        length += count;
        return buffer;
    }

    private void flush() {
        buffer.flip();
        try {
            while (out != null && buffer.hasRemaining()) {
                out.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.clear();
    }
}
