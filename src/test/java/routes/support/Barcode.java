package routes.support;

/**
 * A frame number as a row of black and white cells. The cells are white, black, {@link #BITS} bits with the highest
 * first, even parity, white. In a picture the row fills the left half of the width and the top 1/27 of the height.
 */
final class Barcode {
    static final int BITS = 20;
    static final int CELLS = BITS + 4;

    private static final int BLACK = 16;
    private static final int WHITE = 235;
    private static final int MIDDLE = (BLACK + WHITE) / 2;

    private Barcode() {}

    /**
     * Draws {@code number} (its lowest {@link #BITS} bits) into the first {@code CELLS * cellWidth} bytes of a gray
     * raster.
     */
    static void draw(long number, byte[] gray, int cellWidth) {
        int code = (int) (number & ((1 << BITS) - 1));
        for (int cell = 0; cell < CELLS; cell++) {
            byte level = (byte) (white(code, cell) ? WHITE : BLACK);
            for (int x = 0; x < cellWidth; x++) {
                gray[cell * cellWidth + x] = level;
            }
        }
    }

    private static boolean white(int code, int cell) {
        if (cell == 0 || cell == CELLS - 1) {
            return true;
        }
        if (cell == 1) {
            return false;
        }
        return cell == CELLS - 2 ? Integer.bitCount(code) % 2 == 1 : (code >> (BITS + 1 - cell) & 1) == 1;
    }

    /** Reads one byte per cell, from {@code offset}; -1 if no number can be read. */
    static int read(byte[] gray, int offset) {
        int code = 0;
        for (int cell = 2; cell < 2 + BITS; cell++) {
            code = code << 1 | (isWhite(gray, offset + cell) ? 1 : 0);
        }
        for (int cell : new int[] {0, 1, CELLS - 2, CELLS - 1}) {
            if (isWhite(gray, offset + cell) != white(code, cell)) {
                return -1;
            }
        }
        return code;
    }

    private static boolean isWhite(byte[] gray, int at) {
        return (gray[at] & 0xff) > MIDDLE;
    }
}
