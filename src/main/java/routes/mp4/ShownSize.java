package routes.mp4;

import java.nio.ByteBuffer;

/**
 * The presentation size of a picture before its rotation, from {@code tkhd}.
 *
 * @param width in 1/65536 pixel; 0 if unknown
 * @param height in 1/65536 pixel; 0 if unknown
 */
public record ShownSize(long width, long height) {
    private static final int FRACTION = 16;
    /** Tolerance of the aspect ratio, in percent; recorders round. */
    private static final double TOLERANCE = 1;

    static ShownSize read(ByteBuffer tkhd, int at) {
        return new ShownSize(Integer.toUnsignedLong(tkhd.getInt(at)), Integer.toUnsignedLong(tkhd.getInt(at + 4)));
    }

    /** @return the size of a picture with square pixels */
    public static ShownSize of(SampleEntry entry) {
        return new ShownSize((long) entry.width() << FRACTION, (long) entry.height() << FRACTION);
    }

    /** @return whether its aspect ratio differs from that of square pixels */
    boolean isStretched(SampleEntry entry) {
        if (width == 0 || height == 0 || entry.width() == 0 || entry.height() == 0) {
            return false;
        }
        double stretch = (double) width * entry.height() / ((double) height * entry.width());
        return Math.abs(stretch - 1) * 100 > TOLERANCE;
    }

    /** @return pixel aspect ratio, such as 12/11 */
    String pixelShape(SampleEntry entry) {
        long across = width * entry.height();
        long down = height * entry.width();
        long common = gcd(across, down);
        return across / common + "/" + down / common;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
