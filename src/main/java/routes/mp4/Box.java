package routes.mp4;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A box of ISO 14496-12 in memory.
 *
 * @param body big endian, the content after the box header
 */
record Box(String type, ByteBuffer body) {
    static final int HEADER = 8;
    private static final int LARGE_HEADER = 16;
    private static final int VERSION_AND_FLAGS = 4;
    private static final int MOST = 1000;

    /** @throws MalformedMp4Exception if a child is larger than its parent */
    static List<Box> parse(ByteBuffer bytes) throws MalformedMp4Exception {
        List<Box> boxes = new ArrayList<>();
        int at = 0;
        while (bytes.limit() - at >= HEADER) {
            long size = Integer.toUnsignedLong(bytes.getInt(at));
            int header = HEADER;
            if (size == 1 && bytes.limit() - at >= LARGE_HEADER) {
                size = bytes.getLong(at + HEADER);
                header = LARGE_HEADER;
            } else if (size == 0) {
                size = (long) bytes.limit() - at;
            }
            String type = name(bytes, at + 4);
            if (size < header || size > bytes.limit() - at) {
                throw impossible(type, size);
            }
            boxes.add(new Box(type, bytes.slice(at + header, (int) size - header)));
            ensureAtMost(boxes.size());
            at += (int) size;
        }
        return boxes;
    }

    static MalformedMp4Exception impossible(String type, long size) {
        return new MalformedMp4Exception("box '" + type + "' has the impossible size " + size);
    }

    /** @param count of child boxes */
    static void ensureAtMost(int count) throws MalformedMp4Exception {
        if (count > MOST) {
            throw new MalformedMp4Exception("a box holds more than " + MOST + " others");
        }
    }

    List<Box> children() throws MalformedMp4Exception {
        return parse(body);
    }

    Optional<Box> find(String... path) throws MalformedMp4Exception {
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

    Box need(String... path) throws MalformedMp4Exception {
        return find(path)
                .orElseThrow(
                        () -> new MalformedMp4Exception("box '" + type + "' has no '" + String.join("/", path) + "'"));
    }

    /** @return four characters */
    static String name(ByteBuffer b, int at) {
        byte[] name = new byte[4];
        b.get(at, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    /**
     * Moves to the first entry of a table.
     *
     * @param entryBytes size of one entry
     * @return number of entries
     * @throws MalformedMp4Exception if the box is too small for them
     */
    static int entries(ByteBuffer table, int entryBytes) throws MalformedMp4Exception {
        table.position(VERSION_AND_FLAGS);
        long count = Integer.toUnsignedLong(table.getInt());
        if (count > table.remaining() / entryBytes) {
            throw new MalformedMp4Exception("a table has no room for its " + count + " entries");
        }
        return (int) count;
    }

    /** A reader of a box, which may read past its end. */
    interface Reading<T> {
        T read(ByteBuffer body) throws MalformedMp4Exception;
    }

    <T> T read(Reading<T> reading) throws MalformedMp4Exception {
        try {
            return reading.read(body.duplicate());
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new MalformedMp4Exception("box '" + type + "' ends too early");
        }
    }
}
