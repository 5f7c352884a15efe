package routes.media.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes boxes into memory, big endian; a box's size is filled in when its content is complete. */
final class BoxWriter {
    private byte[] bytes = new byte[4096];
    private int length;

    /** What a box holds. */
    interface Content {
        void write(BoxWriter box);
    }

    /** @param type four characters */
    void box(String type, Content content) {
        int start = length;
        u32(0).name(type);
        content.write(this);
        ByteBuffer.wrap(bytes).putInt(start, length - start);
    }

    /** A box that begins with its version and flags. */
    void box(String type, int version, int flags, Content content) {
        box(type, b -> {
            b.u32((long) version << 24 | flags);
            content.write(b);
        });
    }

    BoxWriter name(String four) {
        byte[] name = four.getBytes(StandardCharsets.ISO_8859_1);
        return bytes(ByteBuffer.wrap(name));
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
        room(count);
        return this;
    }

    BoxWriter bytes(ByteBuffer source) {
        ByteBuffer copy = source.duplicate();
        room(copy.remaining()).put(copy);
        return this;
    }

    /** @return all that was written */
    ByteBuffer written() {
        return ByteBuffer.wrap(bytes, 0, length).slice();
    }

    private ByteBuffer room(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
        ByteBuffer room = ByteBuffer.wrap(bytes, length, count);
        length += count;
        return room;
    }
}
