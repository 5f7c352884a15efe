package routes.media;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import routes.failure.FootageUnusable;
import routes.media.mp4.BrokenMovie;
import routes.media.mp4.Movie;

/**
 * Cuts by one ffmpeg that seeks into each recording and encodes what is wanted. Frames are chosen by the recordings'
 * sample tables: it seeks to the exact time of the first one and takes as many as there are. A gap inside the clip
 * holds the last frame; a recording without sound is silent.
 */
@Component
class ReencodeCutter implements Cutter {
    private static final int START_PERCENT = 30;
    private static final int END_PERCENT = 85;
    private static final double MICROS = 1e6;

    @Override
    public List<String> command(List<Source> sources, Workspace workspace) throws IOException {
        List<Span> spans = spans(sources);
        List<String> args = new ArrayList<>();
        StringBuilder graph = new StringBuilder();
        StringBuilder joined = new StringBuilder();
        boolean sound = spans.stream().anyMatch(Span::hasAudio);
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            // up to the next piece's first frame, so that real time is kept across a gap
            long micros = i + 1 < spans.size() ? spans.get(i + 1).firstMicros() - span.firstMicros() : span.micros();
            // a second more than is taken: without an end ffmpeg would decode the rest of the recording
            args.addAll(List.of("-seek_timestamp", "1", "-ss", seconds(span.seekMicros())));
            args.addAll(List.of(
                    "-t",
                    seconds(span.micros() + 1_000_000),
                    "-i",
                    span.source().name()));
            graph.append(picture(i, span, spans.get(0))).append(sound(i, span, micros));
            joined.append("[v").append(i).append("][a").append(i).append(']');
        }
        graph.append(joined).append("concat=n=").append(spans.size()).append(":v=1:a=1[v][a]");
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
        args.addAll(List.of("-map_metadata", "-1", "-movflags", "+faststart", CLIP));
        long total = spans.get(spans.size() - 1).firstMicros()
                - spans.get(0).firstMicros()
                + spans.get(spans.size() - 1).micros();
        workspace.expect(Duration.ofNanos(total * 1000), START_PERCENT, END_PERCENT);
        return args;
    }

    @Override
    public void finish(List<Source> sources, Workspace workspace) throws IOException {
        int wanted = spans(sources).stream().mapToInt(Span::frames).sum();
        try {
            int got = Movie.read(workspace.file(CLIP))
                    .video()
                    .map(v -> v.times().length)
                    .orElse(0);
            if (got != wanted) {
                throw new FootageUnusable("of " + wanted + " frames only " + got + " could be decoded");
            }
        } catch (BrokenMovie e) {
            throw new FootageUnusable("the clip came out broken: " + e.getMessage());
        }
    }

    private static List<Span> spans(List<Source> sources) throws IOException {
        List<Span> spans = new ArrayList<>();
        for (Source source : sources) {
            Span span = Span.of(source);
            if (span.frames() > 0) {
                spans.add(span);
            }
        }
        if (spans.isEmpty()) {
            throw new FootageUnusable("the recordings show no frame within the interval");
        }
        return spans;
    }

    private static String picture(int i, Span span, Span first) {
        return String.format(
                Locale.ROOT,
                "[%d:v:0]trim=end_frame=%d,setpts=PTS-STARTPTS,scale=%d:%d,setsar=1[v%d];",
                i,
                span.frames(),
                first.video().width(),
                first.video().height(),
                i);
    }

    private static String sound(int i, Span span, long micros) {
        // bounded twice: some versions never end a graph with an endless filter in it
        String length = seconds(micros);
        String input = span.hasAudio()
                ? "[" + i + ":a:0]aresample=48000:async=1:first_pts=0,apad=whole_dur=" + length
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
