package routes.cut;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The quantization tables of libjpeg, in the form of ffmpeg's options: 64 numbers, row by row. */
final class JpegQuality {
    /** Annex K of ISO/IEC 10918-1, at quality 50. */
    private static final int[] BRIGHTNESS = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };

    private static final int[] COLOUR = {
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
                99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
                99,
        99, 99, 99, 99, 99, 99
    };

    private static final int LARGEST = 255;

    private JpegQuality() {}

    /** @param quality 1 to 100 */
    static String brightness(int quality) {
        return table(BRIGHTNESS, quality);
    }

    /** @param quality 1 to 100 */
    static String colour(int quality) {
        return table(COLOUR, quality);
    }

    private static String table(int[] at50, int quality) {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        return IntStream.of(at50)
                .map(value -> Math.max(1, Math.min(LARGEST, (value * percent + 50) / 100)))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
    }
}
