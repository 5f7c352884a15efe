package routes.media.mp4;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One box of ISO 14496-12 within a header that is in memory.
 *
 * @param body big endian, from after the box's own header to its end
 */
record Box(String type, ByteBuffer body) {
    private static final int HEADER = 8;
    private static final int LARGE_HEADER = 16;

    /** @throws BrokenMovie when a child is larger than what holds it */
    static List<Box> parse(ByteBuffer bytes) throws BrokenMovie {
        List<Box> boxes = new ArrayList<>();
        int at = 0;
        while (bytes.limit() - at >= HEADER) {
            long size = Integer.toUnsignedLong(bytes.getInt(at));
            byte[] name = new byte[4];
            bytes.get(at + 4, name);
            int header = HEADER;
            if (size == 1 && bytes.limit() - at >= LARGE_HEADER) {
                size = bytes.getLong(at + HEADER);
                header = LARGE_HEADER;
            } else if (size == 0) {
                size = (long) bytes.limit() - at;
            }
            String type = new String(name, StandardCharsets.ISO_8859_1);
            if (size < header || size > bytes.limit() - at) {
                throw new BrokenMovie("box '" + type + "' has the impossible size " + size);
            }
            boxes.add(new Box(type, bytes.slice(at + header, (int) size - header)));
            at += (int) size;
        }
        return boxes;
    }

    List<Box> children() throws BrokenMovie {
        return parse(body);
    }

    Optional<Box> find(String... path) throws BrokenMovie {
        Box box = this;
        for (String name : path) {
            Optional<Box> child =
                    box.children().stream().filter(c -> c.type.equals(name)).findFirst();
            if (child.isEmpty()) {
                return Optional.empty();
            }
            box = child.get();
        }
        return Optional.of(box);
    }

    Box need(String... path) throws BrokenMovie {
        return find(path)
                .orElseThrow(() -> new BrokenMovie("box '" + type + "' has no '" + String.join("/", path) + "'"));
    }

    /** Something that reads a box and may run over its end. */
    interface Reading<T> {
        T read(ByteBuffer body) throws BrokenMovie;
    }

    <T> T read(Reading<T> reading) throws BrokenMovie {
        try {
            return reading.read(body.duplicate());
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new BrokenMovie("box '" + type + "' ends too early");
        }
    }
}
