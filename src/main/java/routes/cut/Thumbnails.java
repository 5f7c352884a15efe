package routes.cut;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.failure.FootageUnusableException;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.Track;
import routes.scratch.Workspace;
import routes.settings.Settings;

/** Creates all thumbnails of a clip from one decoded frame: the keyframe nearest to a quarter of its duration. */
@Component("thumbnails")
public class Thumbnails {
    private final Settings.Thumbnails settings;

    Thumbnails(Settings settings) {
        this.settings = settings.thumbnails();
    }

    /** @return ffmpeg arguments that write one file per size; the working directory is the workspace */
    public List<String> command(@Variable("workspace") Workspace workspace) throws IOException {
        List<Integer> widths = settings.widths();
        List<String> args =
                new ArrayList<>(List.of("-threads", "1", "-ss", seconds(workspace), "-i", SmartCutter.CLIP));
        StringBuilder graph = new StringBuilder("[0:v:0]split=" + widths.size());
        widths.forEach(width -> graph.append("[s").append(width).append(']'));
        for (int width : widths) {
            graph.append(String.format(Locale.ROOT, ";[s%d]scale=%d:-2[t%d]", width, width, width));
        }
        args.addAll(List.of("-filter_complex", graph.toString()));
        for (int width : widths) {
            args.addAll(List.of("-map", "[t" + width + "]", "-frames:v", "1"));
            args.addAll(encoder());
            args.addAll(List.of("-f", "image2", "-update", "1", name(width)));
        }
        return args;
    }

    /** @return file name of the thumbnail in the workspace */
    public String name(int width) {
        return "thumbnail-" + width + "." + settings.format();
    }

    private List<String> encoder() {
        return switch (settings.format()) {
            case "png" -> List.of("-c:v", "png", "-compression_level", "1");
            case "jpg" -> List.of("-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p");
            default -> List.of("-c:v", "libwebp", "-q:v", "80");
        };
    }

    private static String seconds(Workspace workspace) throws IOException {
        try {
            Track video = Movie.readVideo(workspace.file(SmartCutter.CLIP)).orElseThrow();
            long time = video.nearestKeyframe(video.duration() / 4);
            return String.format(Locale.ROOT, "%.6f", (double) time / video.timescale());
        } catch (MalformedMp4Exception e) {
            throw new FootageUnusableException("the clip is malformed: " + e.getMessage());
        }
    }
}
