package routes.cut;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import routes.mp4.MovieWriter;
import routes.mp4.SampleSequence;
import routes.mp4.Samples;
import routes.mp4.Track;
import routes.scratch.Workspace;

/**
 * Encodes the sound of a clip with one ffmpeg process if it cannot be copied. The inputs are excerpts of the
 * recordings. A recording without sound becomes silence.
 */
@Component
class SoundEncoder {
    static final String FILE = "sound.mp4";
    /** Minimum ticks of sound before a segment in an excerpt; the fetch plan includes as much. */
    private static final long LONGEST_FRAME = 2048;

    private static final double MICROS = 1e6;

    void writeExcerpts(List<FrameSelection> selections, Workspace workspace) throws IOException {
        for (int i = 0; i < selections.size(); i++) {
            if (selections.get(i).hasAudio()) {
                writeExcerpt(selections.get(i), workspace.file(excerpt(i)));
            }
        }
    }

    private static String excerpt(int selection) {
        return "sound-" + selection + ".mp4";
    }

    private static void writeExcerpt(FrameSelection selection, Path file) throws IOException {
        Track sound = selection.movie().audio().orElseThrow();
        Samples samples = sound.samples();
        long first = soundTicks(selection, selection.first());
        long end = soundTicks(selection, selection.first() + selection.length());
        SampleSequence excerpt = new SampleSequence();
        for (int i = 0; i < samples.count(); i++) {
            long time = samples.time(i);
            if (time > first - lead(sound) && time < end) {
                excerpt.add(selection.source().file(), samples, i, lead(sound) - first, true);
            }
        }
        if (excerpt.count() == 0) {
            // one sample carries the codec configuration and is trimmed away
            excerpt.add(selection.source().file(), samples, 0, -samples.time(0), true);
        }
        new MovieWriter()
                .audio(sound.timescale(), sound.entry(), excerpt, samples.lastDuration())
                .write(file);
    }

    /** @return ticks by which an excerpt starts before its segment, to prime the decoder */
    private static long lead(Track sound) {
        return Math.max(sound.samples().lastDuration(), LONGEST_FRAME);
    }

    private static long soundTicks(FrameSelection selection, long pictureTicks) {
        return Math.round((double) pictureTicks
                * selection.movie().audio().orElseThrow().timescale()
                / selection.video().timescale());
    }

    /** @return ffmpeg arguments that write the sound of the whole clip; the working directory is the workspace */
    List<String> arguments(List<TimelineSegment> segments, ClipFormat format) {
        // otherwise ffmpeg starts each input at its first sample, and sound that starts later would be early
        List<String> args = new ArrayList<>(List.of("-max_error_rate", "1", "-copyts"));
        StringBuilder graph = new StringBuilder();
        StringBuilder joined = new StringBuilder();
        int input = 0;
        for (int i = 0; i < segments.size(); i++) {
            TimelineSegment segment = segments.get(i);
            FrameSelection selection = segment.cut().selection();
            // up to the next segment, which preserves real time across a gap
            long ticks = (i + 1 < segments.size() ? segments.get(i + 1).from() : segment.to()) - segment.from();
            double length = (double) ticks / format.timescale();
            if (selection.hasAudio()) {
                Track sound = selection.movie().audio().orElseThrow();
                args.addAll(List.of("-i", excerpt(i)));
                graph.append(heard(input++, (double) lead(sound) / sound.timescale(), length));
            } else {
                graph.append("anullsrc=r=48000:d=").append(seconds(length));
            }
            graph.append(String.format(
                    Locale.ROOT,
                    ",atrim=end=%s,aformat=sample_rates=48000:channel_layouts=stereo:sample_fmts=fltp[a%d];",
                    seconds(length),
                    i));
            joined.append("[a").append(i).append(']');
        }
        graph.append(joined).append("concat=n=").append(segments.size()).append(":v=0:a=1[a]");
        args.addAll(List.of("-filter_complex", graph.toString(), "-map", "[a]"));
        args.addAll(List.of("-c:a", "aac", "-b:a", "128k", "-map_metadata", "-1", FILE));
        return args;
    }

    private static String heard(int input, double lead, double length) {
        // bounded by whole_dur and by atrim: some versions never end a filter graph with an infinite apad
        return String.format(
                Locale.ROOT,
                "[%d:a:0]aresample=48000:async=1:first_pts=0,atrim=start=%s,asetpts=PTS-STARTPTS,apad=whole_dur=%s",
                input,
                seconds(lead),
                seconds(length));
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.6f", Math.rint(seconds * MICROS) / MICROS);
    }
}
