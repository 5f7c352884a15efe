package routes.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.OptionalInt;

/** Reads the types of HEVC slices (ITU-T H.265, table 7-1). */
final class HevcSlices {
    private static final int LAST_SLICE = 31;

    private HevcSlices() {}

    /**
     * @param lengthBytes bytes of a NAL unit's length
     * @return NAL unit type of the first slice of a sample; empty if it has none, or is cut off
     */
    static OptionalInt firstType(FileChannel file, ByteRange sample, int lengthBytes) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(lengthBytes + 1);
        for (long at = sample.from(); at + lengthBytes < sample.to(); ) {
            head.clear();
            while (head.hasRemaining()) {
                if (file.read(head, at + head.position()) < 0) {
                    return OptionalInt.empty();
                }
            }
            int type = head.get(lengthBytes) >> 1 & 63;
            if (type <= LAST_SLICE) {
                return OptionalInt.of(type);
            }
            long length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | Byte.toUnsignedInt(head.get(i));
            }
            at += lengthBytes + Math.max(1, length);
        }
        return OptionalInt.empty();
    }
}
