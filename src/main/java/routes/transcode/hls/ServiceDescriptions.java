package routes.transcode.hls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The service description table of a transport stream (ETSI EN 300 468): names of the broadcaster. A statically linked
 * ffmpeg crashes when it converts their encoding, and no option keeps it from reading them.
 */
final class ServiceDescriptions {
    private static final byte SYNC = 0x47;
    private static final int PACKET = 188;
    /** Of Blu-ray and AVCHD, with a time before each packet. */
    private static final int TIMED_PACKET = 192;
    /** So many packets in a row make a transport stream. */
    private static final int ROW = 5;

    private static final int TABLE = 0x11;
    private static final int IGNORED = 0x1FFF;
    private static final int BLOCK = 1 << 20;
    private static final int HEADER = 3;

    private ServiceDescriptions() {}

    /** Marks the packets of the table as stuffing, which is ignored. Does nothing to a file that is no transport stream. */
    static void hide(Path film) throws IOException {
        try (FileChannel file = FileChannel.open(film, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            read(file, block, 0);
            int stride = stride(block);
            if (stride == 0) {
                return;
            }
            long at = 0;
            while (block.limit() > HEADER) {
                int next = hide(file, block, at, stride);
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

    /** @return bytes from one packet to the next; 0 if it is no transport stream */
    private static int stride(ByteBuffer block) {
        for (int stride : new int[] {PACKET, TIMED_PACKET}) {
            for (int first = 0; first < stride; first++) {
                if (isRow(block, first, stride)) {
                    return stride;
                }
            }
        }
        return 0;
    }

    private static boolean isRow(ByteBuffer block, int first, int stride) {
        int last = first + (ROW - 1) * stride;
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
