package routes.snapshot;

import java.nio.ByteBuffer;

/** The size of a JPEG, and the quality of libjpeg that its tables are nearest to. */
record Jpeg(String size, int quality) {
    private static final int FRAME = 0xFFC0;
    private static final int TABLES = 0xFFDB;
    private static final int SCAN = 0xFFDA;
    /** Sum of libjpeg's table of brightness at quality 50, without its first value. */
    private static final double SUM_AT_50 = 3688 - 16;

    static Jpeg of(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        String size = "";
        double sum = 0;
        bytes.position(2);
        for (int marker = bytes.getShort() & 0xFFFF; marker != SCAN; marker = bytes.getShort() & 0xFFFF) {
            int start = bytes.position();
            int length = bytes.getShort() & 0xFFFF;
            if (marker == FRAME) {
                bytes.get();
                int height = bytes.getShort();
                size = bytes.getShort() + "x" + height;
            } else if (marker == TABLES && bytes.get() == 0) {
                bytes.get();
                for (int i = 1; i < 64; i++) {
                    sum += bytes.get() & 0xFF;
                }
            }
            bytes.position(start + length);
        }
        double percent = 100 * sum / SUM_AT_50;
        return new Jpeg(size, (int) Math.round(percent <= 100 ? (200 - percent) / 2 : 5000 / percent));
    }
}
