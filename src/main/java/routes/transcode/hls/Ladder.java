package routes.transcode.hls;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The renditions of a film that is encoded. A height such as 1080 stands for the box of 1920x1080 or, for an upright
 * film, 1080x1920 that the picture fits into.
 */
final class Ladder {
    /** A rendition this close to its neighbour, as a share of it, is left out. */
    private static final double NEAR = 0.85;

    private static final double WIDTH_OF_BOX = 16.0 / 9;
    private static final double ROUNDING = 1e-6;
    /** Bits per second by height; those between are interpolated. */
    private static final NavigableMap<Integer, Long> CAPS = new TreeMap<>(
            Map.of(0, 100_000L, 240, 400_000L, 480, 1_200_000L, 720, 3_000_000L, 1080, 6_000_000L, 2160, 18_000_000L));

    private Ladder() {}

    /**
     * @param width of the shown picture in square pixels
     * @param height likewise
     * @param heights descending
     * @return the largest first, none larger than the picture
     */
    static List<Rendition> of(double width, double height, List<Integer> heights) {
        double own = Math.max(Math.min(width, height), Math.max(width, height) / WIDTH_OF_BOX);
        int largest = (int) Math.min(Math.round(own), heights.get(0));
        List<Integer> kept = new ArrayList<>();
        for (int candidate : heights) {
            boolean isFirst = kept.isEmpty();
            // a film of 700 lines keeps them, rather than shrinking to 480
            if (isFirst && candidate < largest * NEAR) {
                kept.add(largest);
            }
            if (candidate <= largest && (kept.isEmpty() || candidate < kept.get(kept.size() - 1) * NEAR)) {
                kept.add(candidate);
            }
        }
        if (kept.isEmpty()) {
            kept.add(largest);
        }
        return kept.stream()
                // the own height is rounded, and a picture is not scaled for that
                .map(lines -> rendition(lines, lines == Math.round(own) ? 1 : Math.min(1, lines / own), width, height))
                .toList();
    }

    private static Rendition rendition(int lines, double scale, double width, double height) {
        return new Rendition(lines + "p", even(width * scale), even(height * scale), cap(lines));
    }

    /** 4:2:0 requires even sizes. */
    private static int even(double pixels) {
        return Math.max(2, 2 * (int) Math.floor(pixels / 2 + ROUNDING));
    }

    private static long cap(int lines) {
        Map.Entry<Integer, Long> below = CAPS.floorEntry(lines);
        Map.Entry<Integer, Long> above = CAPS.ceilingEntry(lines);
        if (above == null || above.getKey().equals(below.getKey())) {
            return below.getValue();
        }
        double share = (double) (lines - below.getKey()) / (above.getKey() - below.getKey());
        return below.getValue() + Math.round(share * (above.getValue() - below.getValue()));
    }
}
