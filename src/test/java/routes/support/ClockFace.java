package routes.support;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Draws a UTC instant as seven-segment digits, {@code HH:MM:SS.mmm}, into a small gray raster, without a font. */
final class ClockFace {
    /** Pixels. */
    static final int WIDTH = 96;

    static final int HEIGHT = 15;

    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final int MARGIN_X = 6;
    private static final int MARGIN_Y = 2;
    private static final int DIGIT_WIDTH = 6;
    private static final int DIGIT_HEIGHT = 11;
    private static final int DIGIT_STEP = DIGIT_WIDTH + 2;
    private static final int DOT_STEP = 4;
    private static final byte INK = (byte) 235;

    /**
     * Lit segments by digit. Bits from the lowest: top, upper right, lower right, bottom, lower left, upper left,
     * middle.
     */
    private static final int[] SEGMENTS = {0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f};

    private ClockFace() {}

    /** Draws on a black background, from byte {@code offset} on: {@link #HEIGHT} rows of {@link #WIDTH} bytes. */
    static void draw(Instant instant, byte[] gray, int offset) {
        int x = MARGIN_X;
        String text = TEXT.format(instant);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isDigit(c)) {
                digit(gray, offset, x, SEGMENTS[c - '0']);
                x += DIGIT_STEP;
            } else {
                if (c == ':') {
                    fill(gray, offset, x, MARGIN_Y + 3, 2, 2);
                }
                fill(gray, offset, x, MARGIN_Y + (c == ':' ? 7 : DIGIT_HEIGHT - 2), 2, 2);
                x += DOT_STEP;
            }
        }
    }

    private static void digit(byte[] gray, int offset, int x, int segments) {
        int right = x + DIGIT_WIDTH - 1;
        int middle = MARGIN_Y + DIGIT_HEIGHT / 2;
        int half = DIGIT_HEIGHT / 2 + 1;
        int[][] boxes = {
            {x, MARGIN_Y, DIGIT_WIDTH, 1},
            {right, MARGIN_Y, 1, half},
            {right, middle, 1, half},
            {x, MARGIN_Y + DIGIT_HEIGHT - 1, DIGIT_WIDTH, 1},
            {x, middle, 1, half},
            {x, MARGIN_Y, 1, half},
            {x, middle, DIGIT_WIDTH, 1}
        };
        for (int i = 0; i < boxes.length; i++) {
            if ((segments >> i & 1) == 1) {
                fill(gray, offset, boxes[i][0], boxes[i][1], boxes[i][2], boxes[i][3]);
            }
        }
    }

    private static void fill(byte[] gray, int offset, int left, int top, int width, int height) {
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                gray[offset + y * WIDTH + x] = INK;
            }
        }
    }
}
