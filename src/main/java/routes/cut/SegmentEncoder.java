package routes.cut;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import routes.failure.FootageUnusableException;
import routes.mp4.DecodeStart;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Matrix;
import routes.mp4.Movie;
import routes.mp4.MovieWriter;
import routes.mp4.NalUnits;
import routes.mp4.SampleEntry;
import routes.mp4.SampleSequence;
import routes.mp4.Samples;
import routes.mp4.Track;
import routes.scratch.Workspace;

/**
 * Encodes frames by ffmpeg. It is given excerpts with the samples that have to be decoded, so that it never seeks, and
 * never reads the tables of a recording. Frames keep their times, by which they are known when they come back.
 * See docs/decisions/0006.
 */
@Component
class SegmentEncoder {
    /** Seconds from one keyframe to the next. */
    private static final int KEYFRAME_SECONDS = 2;

    private static final long MOST_BETWEEN_KEYFRAMES = 600;
    private static final int MOST_PARAMETER_SETS = 31;

    /**
     * Finer than cameras', which is 27 to 34 at 5 Mbit/s of 1080p, so that boundaries look like the rest. Constant, since
     * rate control would have to look at each frame twice.
     */
    private static final String QUANTIZER = "23";

    void writeExcerpts(List<EncodedSegment> segments, ClipFormat format, Workspace workspace) throws IOException {
        for (EncodedSegment segment : segments) {
            writeExcerpt(segment, format, workspace);
        }
    }

    void removeExcerpts(List<EncodedSegment> segments, Workspace workspace) throws IOException {
        for (EncodedSegment segment : segments) {
            Files.deleteIfExists(workspace.file(segment.excerpt()));
        }
    }

    /** @return arguments with which ffmpeg, run in the workspace, writes one file for each segment */
    List<String> arguments(List<EncodedSegment> segments, ClipFormat format) {
        // a frame that cannot be decoded is missed by its time
        List<String> args = new ArrayList<>(List.of("-max_error_rate", "1"));
        for (EncodedSegment segment : segments) {
            // where the size changes midway, another graph would begin to trim anew
            args.addAll(List.of("-threads", "3", "-reinit_filter:v", "0", "-i", segment.excerpt()));
        }
        for (int i = 0; i < segments.size(); i++) {
            args.addAll(output(i, segments.get(i), format));
        }
        return args;
    }

    private static void writeExcerpt(EncodedSegment segment, ClipFormat format, Workspace workspace)
            throws IOException {
        Track video = segment.selection().video();
        Samples samples = video.samples();
        int from = segment.decodeFrom();
        int to = segment.decodeTo();
        long begin = samples.time(from);
        Path recording = segment.selection().source().file();
        SampleSequence excerpt = new SampleSequence();
        try (FileChannel file = FileChannel.open(recording, StandardOpenOption.READ)) {
            if (!DecodeStart.isProven(file, video, from)) {
                throw new FootageUnusableException("a recording calls sample " + (from + 1)
                        + " a keyframe, which refers to others: its frames cannot be decoded");
            }
            // what nothing refers to is left out where it is not shown: with B-frames that is most of a GOP
            Optional<NalUnits> units = units(file, video.entry());
            if (segment.hasFirstSample()) {
                excerpt.add(recording, samples, video.firstSample(), -samples.time(video.firstSample()), true);
            }
            for (int i = from; i < to; i++) {
                if (isNeeded(i, segment, units)) {
                    excerpt.add(recording, samples, i, segment.excerptStart() - begin, i == from);
                }
            }
        }
        new MovieWriter()
                // ffmpeg turns what it decodes; beside copied frames it must not
                .video(
                        video.timescale(),
                        video.entry(),
                        format.whole() ? video.matrix() : Matrix.IDENTITY,
                        excerpt,
                        video.timescale())
                .write(workspace.file(segment.excerpt()));
    }

    private static Optional<NalUnits> units(FileChannel file, SampleEntry entry) {
        try {
            return entry.type().startsWith("avc") ? Optional.of(new NalUnits(file, entry.avc())) : Optional.empty();
        } catch (MalformedMp4Exception e) {
            return Optional.empty();
        }
    }

    private static boolean isNeeded(int sample, EncodedSegment segment, Optional<NalUnits> units) throws IOException {
        Samples samples = segment.selection().video().samples();
        long time = samples.time(sample);
        if (time < samples.time(segment.decodeFrom())) {
            // shown before the keyframe, it refers to frames that are not in the excerpt
            return false;
        }
        if (units.isEmpty() || (time >= segment.from() && time <= segment.last())) {
            return true;
        }
        try {
            return units.get().readReferenceFlag(samples.range(sample));
        } catch (MalformedMp4Exception e) {
            // the decoder is to judge it
            return true;
        }
    }

    private static List<String> output(int input, EncodedSegment segment, ClipFormat format) {
        Track video = segment.selection().video();
        long begin = video.samples().time(segment.decodeFrom()) - segment.excerptStart();
        List<String> filters = new ArrayList<>();
        // it ends with the first frame that is shown later: behind one, ffmpeg may tell decode times for the others
        filters.add("trim=start_pts=" + (segment.from() - begin) + ":end_pts=" + (segment.last() - begin + 1));
        // not STARTPTS: where the first frame is lost, the others keep their times
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
            throw new IllegalStateException("planned beside copied frames without a configuration", e);
        }
    }

    /**
     * @return the track of a segment's file, in the order in which its frames are shown
     * @throws ClipVerificationException when it cannot be read
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
