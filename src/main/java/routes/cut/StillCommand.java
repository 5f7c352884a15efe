package routes.cut;

import java.util.ArrayList;
import java.util.List;

/** The ffmpeg arguments that write one frame as a JPEG. */
public final class StillCommand {
    /** Quantizer scale at which ffmpeg uses the tables as they are given. */
    private static final String UNSCALED = "8";

    private StillCommand() {}

    /**
     * @param excerpt file name of {@link StillFrame#writeExcerpt}
     * @param width maximum width in pixels; 0 for that of the recording
     * @param quality as libjpeg defines it, 1 to 100
     * @param out file name; missing afterwards if the frame cannot be decoded
     */
    public static List<String> of(StillFrame frame, String excerpt, int width, int quality, String out) {
        long time = frame.timeInExcerpt();
        List<String> args = new ArrayList<>(List.of("-threads", "2", "-reinit_filter:v", "0"));
        // after a keyframe that is not IDR, frames are shown even if they are decoded before it is output
        args.addAll(List.of("-flags2", "+showall", "-i", excerpt, "-map", "0:v:0"));
        args.addAll(output("trim=start_pts=" + time + ":end_pts=" + (time + 1) + ",", width, quality, out));
        return args;
    }

    /**
     * @param image file name of a JPEG
     * @param width maximum width in pixels
     */
    public static List<String> ofImage(String image, int width, int quality, String out) {
        List<String> args = new ArrayList<>(List.of("-i", image));
        args.addAll(output("", width, quality, out));
        return args;
    }

    private static List<String> output(String selection, int width, int quality, String out) {
        // square pixels, and never larger than recorded; the height follows
        String across = width == 0 ? "round(iw*sar)" : "min(" + width + ",round(iw*sar))";
        String filters = selection + "scale=w='" + across + "':h='max(1,round(ow/dar))',setsar=1";
        return List.of(
                "-vf",
                filters,
                "-vsync",
                "passthrough",
                "-frames:v",
                "1",
                "-c:v",
                "mjpeg",
                "-pix_fmt",
                "yuvj420p",
                "-q:v",
                UNSCALED,
                "-intra_matrix",
                JpegQuality.brightness(quality),
                "-chroma_intra_matrix",
                JpegQuality.colour(quality),
                "-f",
                "image2",
                "-update",
                "1",
                out);
    }
}
