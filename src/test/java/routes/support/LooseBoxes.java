package routes.support;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes boxes of ISO 14496-12 in sequence. */
public final class LooseBoxes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public LooseBoxes u8(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    public LooseBoxes u16(int... values) {
        for (int value : values) {
            u8(value >> 8, value);
        }
        return this;
    }

    public LooseBoxes u32(long... values) {
        for (long value : values) {
            u16((int) (value >> 16), (int) value);
        }
        return this;
    }

    public LooseBoxes u64(long... values) {
        for (long value : values) {
            u32(value >> 32, value);
        }
        return this;
    }

    public LooseBoxes zeros(int count) {
        return bytes(ByteBuffer.allocate(count));
    }

    public LooseBoxes text(String text) {
        return bytes(StandardCharsets.ISO_8859_1.encode(text));
    }

    public LooseBoxes bytes(ByteBuffer bytes) {
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        return this;
    }

    public LooseBoxes bytes(byte... bytes) {
        return bytes(ByteBuffer.wrap(bytes));
    }

    public LooseBoxes box(String type, Consumer<LooseBoxes> content) {
        LooseBoxes body = new LooseBoxes();
        content.accept(body);
        return u32(8L + body.out.size()).text(type).bytes(body.toBytes());
    }

    LooseBoxes full(String type, int version, int flags, Consumer<LooseBoxes> content) {
        return box(type, b -> content.accept(b.u32((long) version << 24 | flags)));
    }

    int size() {
        return out.size();
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }
}
