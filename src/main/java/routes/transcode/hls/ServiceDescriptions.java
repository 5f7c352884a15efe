package routes.transcode.hls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The service description table of a transport stream (ETSI EN 300 468): names of the broadcaster. A statically linked
 * ffmpeg crashes when it converts their encoding, and no option keeps it from reading them.
 */
final class ServiceDescriptions {
    private static final byte SYNC = 0x47;
    private static final int PACKET = 188;
    /** Of Blu-ray and AVCHD, with a time before each packet. */
    private static final int TIMED_PACKET = 192;
    /** With a checksum of Reed and Solomon after each packet. */
    private static final int CHECKED_PACKET = 204;

    private static final int[] STRIDES = {PACKET, TIMED_PACKET, CHECKED_PACKET};
    /** A packet begins there, if nothing but a time is before it. */
    private static final int FIRST = TIMED_PACKET - PACKET;
    /** So many packets in a row make a transport stream. */
    private static final int ROW = 5;
    /** So many do after other bytes, among which a short row may be chance. */
    private static final int LONG_ROW = 50;
    /** First bytes of Matroska, of AVI and WAV, and of ASF. */
    private static final Set<Integer> OTHERS = Set.of(0x1A45DFA3, 0x52494646, 0x3026B275);

    private static final Set<String> BOXES = Set.of(
            "ftyp", "styp", "moov", "moof", "mdat", "free", "skip", "wide", "pnot", "uuid", "sidx", "meta", "pdin");

    private static final int TABLE = 0x11;
    private static final int IGNORED = 0x1FFF;
    private static final int BLOCK = 1 << 20;
    private static final int HEADER = 3;

    private ServiceDescriptions() {}

    /** Packets: position of the first one, and bytes from one to the next. */
    private record Row(int first, int stride) {}

    /** Marks the packets of the table as stuffing, which is ignored. Does nothing to a file that is no transport stream. */
    static void hide(Path film) throws IOException {
        try (FileChannel file = FileChannel.open(film, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            read(file, block, 0);
            Row row = isOther(block) ? null : row(block);
            if (row == null) {
                return;
            }
            long at = row.first();
            read(file, block, at);
            while (block.limit() > HEADER) {
                int next = hide(file, block, at, row.stride());
                at += next;
                read(file, block, at);
            }
        }
    }

    private static void read(FileChannel file, ByteBuffer block, long at) throws IOException {
        block.clear();
        int read = 0;
        while (block.hasRemaining() && read >= 0) {
            read = file.read(block, at + block.position());
        }
        block.flip();
    }

    /** @return whether the file begins as one of another container */
    private static boolean isOther(ByteBuffer block) {
        if (block.limit() < 2 * Integer.BYTES) {
            return true;
        }
        byte[] name = new byte[Integer.BYTES];
        block.get(Integer.BYTES, name);
        return OTHERS.contains(block.getInt(0)) || BOXES.contains(new String(name, StandardCharsets.ISO_8859_1));
    }

    /** @return the first row of packets in the block; null if it is no transport stream */
    private static Row row(ByteBuffer block) {
        for (int first = 0; first < block.limit(); first++) {
            for (int stride : STRIDES) {
                if (isRow(block, first, stride, first <= FIRST ? ROW : LONG_ROW)) {
                    return new Row(first, stride);
                }
            }
        }
        return null;
    }

    private static boolean isRow(ByteBuffer block, int first, int stride, int packets) {
        int last = first + (packets - 1) * stride;
        for (int at = first; at <= last; at += stride) {
            if (at >= block.limit() || block.get(at) != SYNC) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param from position of the block in the file
     * @return number of bytes that were looked at
     */
    private static int hide(FileChannel file, ByteBuffer block, long from, int stride) throws IOException {
        int at = 0;
        while (at + HEADER <= block.limit()) {
            if (block.get(at) != SYNC) {
                at++;
                continue;
            }
            int id = block.getShort(at + 1);
            if ((id & IGNORED) == TABLE) {
                file.write(ByteBuffer.allocate(Short.BYTES).putShort(0, (short) (id | IGNORED)), from + at + 1);
            }
            at += stride;
        }
        return at;
    }
}
