package routes.cut;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Matrix;
import routes.mp4.Movie;
import routes.mp4.Track;
import routes.scratch.Workspace;

/**
 * Encodes frames with ffmpeg. The input is an excerpt with only the samples to decode. So ffmpeg never seeks and never
 * reads a recording's tables. Frames keep their times, which identify them after encoding.
 * See docs/decisions/0006.
 */
@Component
class SegmentEncoder {
    /** Maximum seconds between keyframes. */
    private static final int KEYFRAME_SECONDS = 2;

    private static final long MOST_BETWEEN_KEYFRAMES = 600;
    private static final int MOST_PARAMETER_SETS = 31;

    /**
     * Below the 27 to 34 that cameras use for 1080p at 5 Mbit/s, so that boundaries match the copied frames. Constant,
     * since rate control analyses each frame twice.
     */
    private static final String QUANTIZER = "23";

    void writeExcerpts(List<EncodedSegment> segments, ClipFormat format, Workspace workspace) throws IOException {
        for (EncodedSegment segment : segments) {
            // ffmpeg applies the rotation matrix when it decodes; next to copied frames it must not
            Matrix matrix = format.whole() ? segment.selection().video().matrix() : Matrix.IDENTITY;
            segment.samples().write(workspace.file(segment.excerpt()), matrix);
        }
    }

    void removeExcerpts(List<EncodedSegment> segments, Workspace workspace) throws IOException {
        for (EncodedSegment segment : segments) {
            Files.deleteIfExists(workspace.file(segment.excerpt()));
        }
    }

    /** @return ffmpeg arguments that write one file per segment; the working directory is the workspace */
    List<String> arguments(List<EncodedSegment> segments, ClipFormat format) {
        // do not fail on decode errors: a missing frame is detected by its time
        List<String> args = new ArrayList<>(List.of("-max_error_rate", "1"));
        for (EncodedSegment segment : segments) {
            // if the frame size changes, a reinitialized filter graph would restart trim
            args.addAll(List.of("-threads", "3", "-reinit_filter:v", "0"));
            // after a keyframe that is not IDR, frames are shown even if they are decoded before it is output
            args.addAll(List.of("-flags2", "+showall", "-i", segment.excerpt()));
        }
        for (int i = 0; i < segments.size(); i++) {
            args.addAll(output(i, segments.get(i), format));
        }
        return args;
    }

    private static List<String> output(int input, EncodedSegment segment, ClipFormat format) {
        long begin = segment.samples().begin();
        List<String> filters = new ArrayList<>();
        // trim ends at the first later frame: after one, ffmpeg may report decode times for the other frames
        filters.add("trim=start_pts=" + (segment.from() - begin) + ":end_pts=" + (segment.last() - begin + 1));
        // not STARTPTS: if the first frame is lost, the others keep their times
        filters.add("setpts=PTS-" + (segment.from() - begin));
        if (!format.filters().isEmpty()) {
            filters.add(format.filters());
        }
        filters.add("settb=1/" + format.timescale());
        List<String> args = new ArrayList<>(List.of("-map", input + ":v:0", "-vf", String.join(",", filters)));
        args.addAll(List.of("-vsync", "passthrough", "-enc_time_base", "1:" + format.timescale(), "-c:v", "libx264"));
        args.addAll(
                format.whole()
                        ? List.of("-preset", "veryfast", "-crf", "20")
                        : List.of("-preset", "ultrafast", "-qp", QUANTIZER, "-threads", "2"));
        args.addAll(List.of("-bf", "0", "-level", format.level(), "-x264-params", parameters(segment, format)));
        args.addAll(List.of("-video_track_timescale", Long.toString(format.timescale())));
        args.add(segment.file());
        return args;
    }

    private static String parameters(EncodedSegment segment, ClipFormat format) {
        Track video = segment.selection().video();
        long frame = Math.max(1, video.durationAt(segment.from()));
        long interval = Math.max(1, Math.min(MOST_BETWEEN_KEYFRAMES, KEYFRAME_SECONDS * video.timescale() / frame));
        int id = format.whole() ? segment.number() % MOST_PARAMETER_SETS : freeId(video);
        return "sps-id=" + id + ":scenecut=0:keyint=" + interval;
    }

    private static int freeId(Track video) {
        try {
            return video.entry().avc().freeId();
        } catch (MalformedMp4Exception e) {
            throw new IllegalStateException("no decoder configuration for a segment next to copied frames", e);
        }
    }

    /**
     * @return the video track of a segment's file; its frames are in presentation order
     * @throws ClipVerificationException if it cannot be read
     */
    static Track read(EncodedSegment segment, Workspace workspace) throws IOException, ClipVerificationException {
        try {
            return Movie.readVideo(workspace.file(segment.file()))
                    .orElseThrow(() -> new ClipVerificationException("an encoded segment has no picture"));
        } catch (MalformedMp4Exception | NoSuchFileException e) {
            throw new ClipVerificationException("an encoded segment cannot be read: " + e.getMessage());
        }
    }
}
