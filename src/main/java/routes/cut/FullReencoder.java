package routes.cut;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import routes.failure.FootageUnusableException;
import routes.jobs.Stage;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.SampleEntry;
import routes.mp4.Samples;
import routes.mp4.Track;
import routes.scratch.Workspace;

/**
 * Encodes a whole clip by one ffmpeg that seeks into each recording. Frames are chosen by the recordings' sample tables:
 * it seeks to the exact time of a keyframe, counts off what is shown before the first wanted frame, and takes as many as
 * there are. A gap inside the clip holds the last frame; a recording without sound is silent.
 */
@Component
class FullReencoder {
    private static final double MICROS = 1e6;

    /** Begins to count what is encoded. */
    void expect(List<FrameSelection> spans, Workspace workspace) {
        FrameSelection last = spans.get(spans.size() - 1);
        long total = last.firstMicros() - spans.get(0).firstMicros() + last.micros(last.length());
        workspace.expect(total / 1000, Stage.FETCHED, Stage.CUT);
    }

    /** @return arguments with which ffmpeg, run in the workspace, encodes the clip */
    List<String> arguments(List<FrameSelection> spans) {
        // behind what is taken there may be nothing to decode, since it was not fetched: the clip's frames are counted
        List<String> args = new ArrayList<>(List.of("-max_error_rate", "1"));
        StringBuilder graph = new StringBuilder();
        StringBuilder joined = new StringBuilder();
        boolean sound = spans.stream().anyMatch(FrameSelection::hasAudio);
        for (int i = 0; i < spans.size(); i++) {
            FrameSelection span = spans.get(i);
            long length = span.micros(span.length());
            // up to the next piece's first frame, so that real time is kept across a gap
            long micros = i + 1 < spans.size() ? spans.get(i + 1).firstMicros() - span.firstMicros() : length;
            long seek = keyframe(span);
            long lead = span.micros(span.first()) - span.micros(seek);
            args.addAll(List.of("-seek_timestamp", "1", "-ss", seconds(span.micros(seek))));
            // a second more than is taken: without an end ffmpeg would decode the rest of the recording
            args.addAll(List.of("-t", seconds(lead + length + 1_000_000)));
            // where the size changes midway, another graph would begin to count anew
            args.addAll(List.of("-reinit_filter:v", "0", "-i", span.source().name()));
            graph.append(picture(i, span, spans.get(0))).append(sound(i, span, lead, micros));
            joined.append("[v").append(i).append("][a").append(i).append(']');
        }
        graph.append(joined)
                .append("concat=n=")
                .append(spans.size())
                .append(":v=1:a=1[c][a];[c]")
                .append(realTime(spans));
        if (!sound) {
            graph.append(";[a]anullsink");
        }
        args.addAll(List.of("-filter_complex", graph.toString(), "-map", "[v]"));
        args.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-bf", "0", "-pix_fmt", "yuv420p"));
        args.addAll(List.of(
                "-force_key_frames",
                "expr:gte(t,n_forced*2)",
                "-vsync",
                "vfr",
                "-enc_time_base",
                "1:90000",
                "-video_track_timescale",
                "90000"));
        if (sound) {
            args.addAll(List.of("-map", "[a]", "-c:a", "aac", "-b:a", "128k"));
        }
        args.addAll(List.of("-map_metadata", "-1", "-movflags", "+faststart", SmartCutter.CLIP));
        return args;
    }

    /** @throws FootageUnusableException when the clip does not hold as many frames as the spans together */
    void check(List<FrameSelection> spans, Workspace workspace) throws IOException {
        int wanted = spans.stream().mapToInt(FrameSelection::frames).sum();
        try {
            int got = Movie.readVideo(workspace.file(SmartCutter.CLIP))
                    .map(v -> v.samples().count())
                    .orElse(0);
            if (got != wanted) {
                throw new FootageUnusableException("of " + wanted + " frames only " + got + " could be decoded");
            }
        } catch (MalformedMp4Exception e) {
            throw new FootageUnusableException("the clip came out broken: " + e.getMessage());
        }
    }

    /** @return the time in ticks from which decoding shows the first wanted frame exactly */
    private static long keyframe(FrameSelection span) {
        Samples samples = span.video().samples();
        long time = samples.time(span.video().keyframeBefore(span.first()));
        // nothing before 0 is shown, nor can be sought
        return Math.max(0, Math.min(span.first(), time));
    }

    private static String picture(int i, FrameSelection span, FrameSelection first) {
        long seek = keyframe(span);
        int lead = span.video().samples().shown(seek, span.first()).count();
        // what is behind the last frame must not make up for one that cannot be decoded
        long end = span.micros(span.last()) - span.micros(seek) + span.micros(span.lastDuration()) / 2;
        return String.format(
                Locale.ROOT,
                "[%d:v:0]trim=end=%s,trim=start_frame=%d:end_frame=%d,setpts=PTS-STARTPTS,%s[v%d];",
                i,
                seconds(end),
                lead,
                lead + span.frames(),
                shape(first.video()),
                i);
    }

    /** The clip is as its first recording is shown: ffmpeg turns what it decodes. */
    private static String shape(Track first) {
        SampleEntry entry = first.entry();
        // 4:2:0 has no odd sizes
        int width = entry.width() & ~1;
        int height = entry.height() & ~1;
        return first.matrix().isQuarterTurn()
                ? "scale=%d:%d,setsar=1/(%s)".formatted(height, width, entry.pixelShape())
                : "scale=%d:%d,setsar=%s".formatted(width, height, entry.pixelShape());
    }

    /** Where frame times are uneven, concat guesses wrongly when the next piece starts: its first frame sets that right. */
    private static String realTime(List<FrameSelection> spans) {
        StringBuilder starts = new StringBuilder("0");
        StringBuilder shift = new StringBuilder("0");
        int frame = 0;
        for (FrameSelection span : spans) {
            long micros = span.firstMicros() - spans.get(0).firstMicros();
            starts.append("+eq(N,").append(frame).append(')');
            shift.append(String.format(Locale.ROOT, "+eq(N,%d)*(%s/TB-PTS)", frame, seconds(micros)));
            frame += span.frames();
        }
        return "setpts='PTS+st(0,if(" + starts + "," + shift + ",ld(0)))'[v]";
    }

    private static String sound(int i, FrameSelection span, long lead, long micros) {
        // bounded twice: some versions never end a graph with an endless filter in it
        String length = seconds(micros);
        String input = span.hasAudio()
                ? "[" + i + ":a:0]aresample=48000:async=1:first_pts=0,atrim=start=" + seconds(lead)
                        + ",asetpts=PTS-STARTPTS,apad=whole_dur=" + length
                : "anullsrc=r=48000:d=" + length;
        return String.format(
                Locale.ROOT,
                "%s,atrim=end=%s,aformat=sample_rates=48000:channel_layouts=stereo:sample_fmts=fltp[a%d];",
                input,
                length,
                i);
    }

    private static String seconds(long micros) {
        return String.format(Locale.ROOT, "%.6f", micros / MICROS);
    }
}
