package routes.cut;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import routes.jobs.Stage;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Matrix;
import routes.mp4.Movie;
import routes.mp4.MovieWriter;
import routes.mp4.NalUnits;
import routes.mp4.SampleSequence;
import routes.mp4.Samples;
import routes.mp4.Track;
import routes.scratch.Workspace;

/**
 * Encodes all edges of a clip by one ffmpeg. It is given excerpts with no more samples than have to be decoded, so that
 * it never seeks, and never reads the tables of a recording.
 */
@Component
class BoundaryEncoder {
    /** Seconds from one keyframe to the next, where a whole piece is encoded. */
    private static final int KEYFRAME_SECONDS = 2;

    private static final long MOST_BETWEEN_KEYFRAMES = 600;

    /**
     * Finer than cameras', which is 27 to 34 at 5 Mbit/s of 1080p, so that edges look like the rest. Constant, since
     * rate control would have to look at each frame twice.
     */
    private static final String QUANTIZER = "23";

    /** Writes an excerpt for each edge, and begins to count what is encoded of them. */
    void writeExcerpts(List<BoundarySegment> edges, Workspace workspace) throws IOException {
        long longest = 0;
        for (BoundarySegment edge : edges) {
            writeExcerpt(edge, workspace);
            longest = Math.max(longest, edge.span().micros(edge.last() - edge.from()));
        }
        workspace.expect(longest / 1000, Stage.FETCHED, Stage.BOUNDARIES_ENCODED);
    }

    /** @return arguments with which ffmpeg, run in the workspace, writes one file for each edge */
    List<String> arguments(List<BoundarySegment> edges) {
        List<String> args = new ArrayList<>();
        for (BoundarySegment edge : edges) {
            args.addAll(List.of("-threads", "3", "-i", edge.excerpt()));
        }
        edges.forEach(edge -> args.addAll(output(edge)));
        return args;
    }

    private static void writeExcerpt(BoundarySegment edge, Workspace workspace) throws IOException {
        Track video = edge.span().video();
        Samples samples = video.samples();
        int from = edge.decodeFrom();
        int to = edge.decodeTo();
        long begin = samples.time(from);
        Path recording = edge.span().source().file();
        SampleSequence excerpt = new SampleSequence();
        try (FileChannel file = FileChannel.open(recording, StandardOpenOption.READ)) {
            NalUnits units = new NalUnits(file, video.entry().avc());
            for (int i = from; i < to; i++) {
                if (isNeeded(i, edge, units)) {
                    excerpt.add(recording, samples, i, -begin, i == from);
                }
            }
        } catch (MalformedMp4Exception e) {
            throw new IllegalStateException("planned as an edge without a configuration", e);
        }
        new MovieWriter()
                .video(video.timescale(), video.entry(), Matrix.IDENTITY, excerpt, video.timescale())
                .write(workspace.file(edge.excerpt()));
    }

    /** What is neither shown in the edge nor referred to need not be decoded: with B-frames that is most of a GOP. */
    private static boolean isNeeded(int sample, BoundarySegment edge, NalUnits units) throws IOException {
        Samples samples = edge.span().video().samples();
        long time = samples.time(sample);
        if (time < samples.time(edge.decodeFrom())) {
            // shown before the keyframe, it refers to frames that are not in the excerpt
            return false;
        }
        if (time >= edge.from() && time <= edge.last()) {
            return true;
        }
        try {
            return units.readReferenceFlag(samples.range(sample));
        } catch (MalformedMp4Exception e) {
            // the decoder is to judge it
            return true;
        }
    }

    private static List<String> output(BoundarySegment edge) {
        Track video = edge.span().video();
        long begin = video.samples().time(edge.decodeFrom());
        return List.of(
                "-map",
                edge.number() + ":v:0",
                "-vf",
                "trim=start_pts=" + (edge.from() - begin) + ":end_pts=" + (edge.last() - begin + 1),
                "-vsync",
                "passthrough",
                "-enc_time_base",
                "1:" + video.timescale(),
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-qp",
                QUANTIZER,
                "-bf",
                "0",
                "-threads",
                "2",
                "-x264-params",
                parameters(edge),
                edge.file());
    }

    private static String parameters(BoundarySegment edge) {
        Track video = edge.span().video();
        long frame = Math.max(1, video.durationAt(edge.from()));
        long interval = Math.max(1, Math.min(MOST_BETWEEN_KEYFRAMES, KEYFRAME_SECONDS * video.timescale() / frame));
        return "sps-id=" + id(video) + ":scenecut=0:keyint=" + interval;
    }

    private static int id(Track video) {
        try {
            return video.entry().avc().freeId();
        } catch (MalformedMp4Exception e) {
            throw new IllegalStateException("planned as an edge without a configuration", e);
        }
    }

    /**
     * @return the track of an edge's file, which holds exactly the edge's frames in the order in which they are shown
     * @throws ClipVerificationException when it does not
     */
    static Track read(BoundarySegment edge, Workspace workspace) throws IOException, ClipVerificationException {
        try {
            Track track = Movie.readVideo(workspace.file(edge.file()))
                    .orElseThrow(() -> new ClipVerificationException("an edge has no picture"));
            int got = track.samples().count();
            if (got != edge.frames()) {
                throw new ClipVerificationException("an edge has " + got + " of " + edge.frames() + " frames");
            }
            return track;
        } catch (MalformedMp4Exception | NoSuchFileException e) {
            throw new ClipVerificationException("an edge cannot be read: " + e.getMessage());
        }
    }
}
