package routes.snapshot;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The size of a JPEG, and the quality of libjpeg that its tables are nearest to. */
record Jpeg(String size, int quality) {
    private static final int FRAME = 0xFFC0;
    private static final int TABLES = 0xFFDB;
    private static final int SCAN = 0xFFDA;
    /** libjpeg's table of brightness at quality 50, ascending; without the value of the mean. */
    private static final int[] AT_50 = {
        10, 11, 12, 12, 13, 14, 14, 14, 16, 16, 17, 18, 19, 22, 22, 24, 24, 24, 26, 29, 35, 37, 40, 40, 49, 51,
        51, 55, 55, 56, 56, 57, 58, 60, 61, 62, 64, 64, 68, 69, 72, 77, 78, 80, 81, 87, 87, 92, 92, 95, 98, 99,
        100, 101, 103, 103, 103, 104, 109, 112, 113, 120, 121
    };

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
        long found = (long) sum;
        int quality = IntStream.rangeClosed(1, 100)
                .boxed()
                .min(Comparator.comparingLong(q -> Math.abs(sum(q) - found)))
                .orElseThrow();
        return new Jpeg(size, quality);
    }

    private static long sum(int quality) {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        return IntStream.of(AT_50)
                .mapToLong(value -> Math.max(1, Math.min(255, (value * percent + 50) / 100)))
                .sum();
    }
}
