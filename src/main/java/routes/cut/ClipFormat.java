package routes.cut;

import java.util.Comparator;
import java.util.List;
import routes.mp4.SampleEntry;
import routes.mp4.Track;

/**
 * Encoding parameters shared by all encoded segments of a clip.
 *
 * @param timescale ticks per second of the clip's video track
 * @param whole whether all frames are encoded; otherwise encoded frames must match the copied ones
 * @param tenBits whether video keeps a bit depth of 10
 * @param filters ffmpeg filters for size, pixel aspect ratio and pixel format; empty unless all frames are encoded
 * @param level H.264 level, such as 4.0; the same for all segments
 */
record ClipFormat(long timescale, boolean whole, boolean tenBits, String filters, String level) {
    private static final long COMMON_TIMESCALE = 90_000;
    private static final int MACROBLOCK = 16;

    /**
     * An H.264 level (ITU-T H.264, table A-1).
     *
     * @param perFrame maximum frame size in macroblocks
     * @param perSecond maximum macroblocks per second
     */
    private record Level(String name, long perFrame, long perSecond) {}

    private static final List<Level> LEVELS = List.of(
            new Level("3.1", 3600, 108_000),
            new Level("4.0", 8192, 245_760),
            new Level("4.2", 8704, 522_240),
            new Level("5.1", 36_864, 983_040),
            new Level("5.2", 36_864, 2_073_600),
            new Level("6.2", 139_264, 16_711_680));

    /** @param tenBits whether a bit depth of 10 is already known to be required */
    static ClipFormat of(List<FrameSelection> selections, boolean whole, boolean tenBits) {
        Track first = selections.get(0).video();
        boolean deep = tenBits || first.isHighDynamicRange();
        boolean same =
                selections.stream().allMatch(selection -> selection.video().timescale() == first.timescale());
        return new ClipFormat(
                same ? first.timescale() : COMMON_TIMESCALE,
                whole,
                deep,
                whole ? shape(first, deep) : "",
                level(selections));
    }

    /** The clip has the displayed shape of its first recording: ffmpeg applies the rotation when it decodes. */
    private static String shape(Track first, boolean deep) {
        SampleEntry entry = first.entry();
        // 4:2:0 requires even sizes
        int width = Math.max(2, entry.width() & ~1);
        int height = Math.max(2, entry.height() & ~1);
        boolean turned = first.matrix().isQuarterTurn();
        String pixel = first.pixelShape();
        String shape = pixel.isEmpty() ? "" : turned ? ",setsar=1/(" + pixel + ")" : ",setsar=" + pixel;
        String size = turned ? height + ":" + width : width + ":" + height;
        // HDR requires 10 bits; with 8 bits, the format keeps the recording's limited or full range
        String pixels = deep ? "yuv420p10le" : "yuv420p|yuvj420p";
        return "scale=" + size + shape + ",format=" + pixels;
    }

    private static String level(List<FrameSelection> selections) {
        long blocks = selections.stream()
                .mapToLong(selection -> blocks(selection.video().entry().width())
                        * blocks(selection.video().entry().height()))
                .max()
                .orElse(0);
        double rate = selections.stream()
                .mapToDouble(ClipFormat::framesPerSecond)
                .max()
                .orElse(0);
        return LEVELS.stream()
                .filter(level -> level.perFrame >= blocks && level.perSecond >= blocks * rate)
                .min(Comparator.comparing(Level::name))
                .orElse(LEVELS.get(LEVELS.size() - 1))
                .name();
    }

    private static long blocks(long pixels) {
        return (pixels + MACROBLOCK - 1) / MACROBLOCK;
    }

    /** @return mean frame rate of a selection; 30 if it has a single frame */
    private static double framesPerSecond(FrameSelection selection) {
        long ticks = selection.last() - selection.first();
        return ticks == 0
                ? 30
                : (double) (selection.frames() - 1) * selection.video().timescale() / ticks;
    }

    /** @return ticks of the clip, rounded to nearest */
    long ticks(long selectionTicks, Track video) {
        return video.timescale() == timescale
                ? selectionTicks
                : Math.round((double) selectionTicks * timescale / video.timescale());
    }
}
