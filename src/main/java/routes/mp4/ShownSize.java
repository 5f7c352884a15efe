package routes.mp4;

import java.nio.ByteBuffer;

/**
 * The size at which a picture is shown before it is turned, as {@code tkhd} tells.
 *
 * @param width in 1/65536 pixel; 0 where it is not told
 * @param height in 1/65536 pixel; 0 where it is not told
 */
public record ShownSize(long width, long height) {
    private static final int FRACTION = 16;
    /** Of the shape, in percent; recorders round. */
    private static final double TOLERANCE = 1;

    static ShownSize read(ByteBuffer tkhd, int at) {
        return new ShownSize(Integer.toUnsignedLong(tkhd.getInt(at)), Integer.toUnsignedLong(tkhd.getInt(at + 4)));
    }

    /** @return the size of a picture with square pixels */
    public static ShownSize of(SampleEntry entry) {
        return new ShownSize((long) entry.width() << FRACTION, (long) entry.height() << FRACTION);
    }

    /** @return whether a picture of square pixels has another shape */
    boolean isStretched(SampleEntry entry) {
        if (width == 0 || height == 0 || entry.width() == 0 || entry.height() == 0) {
            return false;
        }
        double stretch = (double) width * entry.height() / ((double) height * entry.width());
        return Math.abs(stretch - 1) * 100 > TOLERANCE;
    }

    /** @return the width of a pixel and its height, such as 12/11 */
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
