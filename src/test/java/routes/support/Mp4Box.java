package routes.support;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A mutable box of an MP4 file. */
final class Mp4Box {
    private static final Set<String> CONTAINERS = Set.of("moov", "trak", "mdia", "minf", "stbl", "edts");
    private static final int HEADER = 8;

    final String type;
    final List<Mp4Box> children = new ArrayList<>();

    /** Content after the header; unused if there are children. */
    byte[] body;

    private Mp4Box(String type, byte[] body) {
        this.type = type;
        this.body = body;
    }

    static Mp4Box of(String type, byte[] body) {
        return new Mp4Box(type, body);
    }

    static List<Mp4Box> parse(byte[] bytes) {
        List<Mp4Box> boxes = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            int size = in.getInt();
            byte[] name = new byte[4];
            in.get(name);
            byte[] body = new byte[size - HEADER];
            in.get(body);
            Mp4Box box = new Mp4Box(new String(name, StandardCharsets.ISO_8859_1), body);
            if (CONTAINERS.contains(box.type)) {
                box.children.addAll(parse(body));
            }
            boxes.add(box);
        }
        return boxes;
    }

    /** Visits this box and all below it that have the wanted type. */
    void visit(String wanted, Consumer<Mp4Box> visitor) {
        if (type.equals(wanted)) {
            visitor.accept(this);
        }
        List.copyOf(children).forEach(child -> child.visit(wanted, visitor));
    }

    /** The first box of that type below this one. */
    Mp4Box find(String wanted) {
        List<Mp4Box> found = new ArrayList<>();
        visit(wanted, found::add);
        return found.get(0);
    }

    int size() {
        return HEADER
                + (children.isEmpty()
                        ? body.length
                        : children.stream().mapToInt(Mp4Box::size).sum());
    }

    void write(ByteBuffer out) {
        out.putInt(size()).put(type.getBytes(StandardCharsets.ISO_8859_1));
        if (children.isEmpty()) {
            out.put(body);
        }
        children.forEach(child -> child.write(out));
    }
}
