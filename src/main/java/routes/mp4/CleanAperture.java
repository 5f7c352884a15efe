package routes.mp4;

import java.nio.ByteBuffer;

/** The shown part of a picture: {@code clap} (ISO 14496-12, 12.1.4). */
final class CleanAperture {
    /** Width, height, and the offset of the centre to the right and down; each a numerator and a denominator. */
    private static final int FRACTIONS = 4;

    private static final int FRACTION = 2 * Integer.BYTES;

    private CleanAperture() {}

    /**
     * @param clap content of the box
     * @param matrix a rotation by a multiple of 90 degrees
     * @return content for the rotated picture
     * @throws MalformedMp4Exception if the content is too short
     */
    static ByteBuffer turned(ByteBuffer clap, Matrix matrix) throws MalformedMp4Exception {
        if (clap.remaining() < FRACTIONS * FRACTION) {
            throw new MalformedMp4Exception("clap is too short");
        }
        ByteBuffer b = clap.slice();
        boolean quarter = matrix.isQuarterTurn();
        ByteBuffer turned = ByteBuffer.allocate(FRACTIONS * FRACTION);
        put(turned, b, quarter ? 1 : 0, 1);
        put(turned, b, quarter ? 0 : 1, 1);
        put(turned, b, quarter ? 3 : 2, Integer.signum(matrix.numbers().get(quarter ? 3 : 0)));
        put(turned, b, quarter ? 2 : 3, Integer.signum(matrix.numbers().get(quarter ? 1 : 4)));
        return turned.flip();
    }

    private static void put(ByteBuffer to, ByteBuffer from, int fraction, int sign) {
        to.putInt(sign * from.getInt(fraction * FRACTION)).putInt(from.getInt(fraction * FRACTION + Integer.BYTES));
    }
}
