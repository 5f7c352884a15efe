package routes.transcode.hls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The ffmpeg arguments that write the segments of all renditions. Each segment starts at a planned keyframe, and its
 * times are those of the film plus ten seconds, so that a later attempt can continue. Before the segment at which it
 * continues, ffmpeg warms up: it writes one that is not used. Then encoders, and the order of picture and sound, are as if
 * ffmpeg had written everything. See docs/decisions/0041.
 */
final class StreamCommand {
    /** Start of every stream in microseconds. Decode times of reordered frames and the sound's priming are earlier. */
    static final long OFFSET = 10 * FilmTimes.SECOND;

    private static final long WARM_UP = 3 * FilmTimes.SECOND;
    /** Sound starts this much later than ffmpeg does when it warms up. */
    private static final long SOUND_LATER = FilmTimes.SECOND / 2;
    /** Cuts are asked for this much earlier, since ffmpeg's times are rounded. */
    private static final long EARLIER = 500;

    private static final long MILLISECOND = 1000;
    private static final int SAMPLE_RATE = 48_000;
    private static final int SAMPLES_PER_FRAME = 1024;

    private final StreamPlan plan;
    private final ResumePoint from;
    /** Time in microseconds at which ffmpeg starts to read; 0 for the film's start. */
    private final long readFrom;

    private StreamCommand(StreamPlan plan, ResumePoint from) {
        this.plan = plan;
        this.from = from;
        // a frame that is held must be decoded
        long latest = plan.lastFrameHeldUntil() > 0 ? Math.min(from.time(), lastFrame(plan)) : from.time();
        this.readFrom = Math.max(0, latest - WARM_UP);
    }

    /** @return the working directory is the workspace */
    static List<String> of(StreamPlan plan, ResumePoint from) {
        return new StreamCommand(plan, from).arguments();
    }

    /** @return file name of the list of finished segments */
    static String list(Rendition rendition) {
        return rendition.name() + ".csv";
    }

    /** @return file name of the initialization segment */
    static String init(Rendition rendition) {
        return rendition.name() + "-init.mp4";
    }

    /** @return file name of a segment */
    static String segment(Rendition rendition, int number, StreamPlan plan) {
        return String.format(Locale.ROOT, "%s-%05d.%s", rendition.name(), number, plan.extension());
    }

    private List<String> arguments() {
        // do not fail on decode errors; times of a copy must be those of the film
        List<String> args = new ArrayList<>(List.of("-max_error_rate", "1", "-copyts"));
        if (readFrom > 0) {
            args.addAll(List.of("-ss", seconds(readFrom - MILLISECOND)));
        }
        args.addAll(List.of("-i", plan.film().name()));
        String graph = graph();
        if (!graph.isEmpty()) {
            args.addAll(List.of("-filter_complex", graph));
        }
        for (int i = 0; i < plan.renditions().size(); i++) {
            args.addAll(output(i));
        }
        return args;
    }

    /** @return one decoded picture and sound for all renditions */
    private String graph() {
        List<String> chains = new ArrayList<>();
        int count = plan.renditions().size();
        if (plan.isEncoded()) {
            List<String> filters = new ArrayList<>(PictureFilters.before(plan.picture()));
            if (plan.lastFrameHeldUntil() > 0) {
                filters.addAll(held());
            }
            chains.add(filters.stream().map(f -> f + ",").collect(Collectors.joining("", "[0:v:0]", "")) + "split="
                    + count + outputs("s"));
            for (int i = 0; i < count; i++) {
                Rendition rendition = plan.renditions().get(i);
                chains.add("[s" + i + "]scale=" + rendition.width() + ":" + rendition.height()
                        + ",setsar=1,format=yuv420p[v" + i + "]");
            }
        }
        if (plan.hasSound() && !plan.copiesSound()) {
            chains.add("[0:a:0]" + sound() + ",aformat=channel_layouts=mono|stereo,asplit=" + count + outputs("a"));
        }
        return String.join(";", chains);
    }

    /**
     * @return filters that show the last frame again until the sound ends: at each second, and before each interval of
     *     segments, since a segment lasts as long as its frames
     */
    private List<String> held() {
        long last = lastFrame(plan);
        long start = plan.times().start();
        String repeated = "tpad=stop_mode=clone:stop_duration=" + seconds(plan.lastFrameHeldUntil() - last);
        String film = "lte(t," + seconds(start + last + MILLISECOND) + ")";
        String second = later("t", "prev_t", FilmTimes.SECOND);
        String end = later("2*t-prev_t", "t", Keyframes.SEGMENT);
        return List.of(repeated, "select='" + String.join("+", film, second, end) + "'");
    }

    /** @return an expression: whether a time is in a later interval than the one before */
    private String later(String time, String before, long interval) {
        String shift = "-(" + seconds(plan.times().start() - Keyframes.ROUNDING) + ")";
        String length = seconds(interval);
        return "gt(floor((" + time + shift + ")/" + length + "),floor((" + before + shift + ")/" + length + "))";
    }

    private static long lastFrame(StreamPlan plan) {
        return plan.times().frames().max().orElse(0);
    }

    private String outputs(String name) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < plan.renditions().size(); i++) {
            labels.append('[').append(name).append(i).append(']');
        }
        return labels.toString();
    }

    /** The frames of AAC start at the same samples, wherever ffmpeg starts to read. */
    private String sound() {
        String filled = "aresample=" + SAMPLE_RATE + ":async=1";
        long start = plan.times().start();
        if (readFrom == 0) {
            return filled + ":first_pts=" + samples(start);
        }
        long first = samples(start) + roundUp(samples(readFrom + SOUND_LATER));
        return filled + ",atrim=start_pts=" + first;
    }

    private static long samples(long micros) {
        return micros / FilmTimes.SECOND * SAMPLE_RATE + micros % FilmTimes.SECOND * SAMPLE_RATE / FilmTimes.SECOND;
    }

    private static long roundUp(long samples) {
        return (samples + SAMPLES_PER_FRAME - 1) / SAMPLES_PER_FRAME * SAMPLES_PER_FRAME;
    }

    private List<String> output(int index) {
        Rendition rendition = plan.renditions().get(index);
        List<String> args = new ArrayList<>();
        if (plan.hasPicture()) {
            args.addAll(List.of("-map", plan.isEncoded() ? "[v" + index + "]" : "0:v:0"));
            args.addAll(plan.isEncoded() ? encoder(rendition) : List.of("-c:v", "copy"));
        }
        if (plan.hasSound()) {
            args.addAll(List.of("-map", plan.copiesSound() ? "0:a:0" : "[a" + index + "]"));
            args.addAll(plan.copiesSound() ? List.of("-c:a", "copy") : List.of("-c:a", "aac", "-b:a", "128k"));
        }
        args.addAll(List.of("-map_metadata", "-1", "-map_chapters", "-1"));
        // sound waits for the picture, however late its encoder is; else it lands in the segment before
        args.addAll(List.of("-max_interleave_delta", "0"));
        args.addAll(muxer(rendition));
        return args;
    }

    private List<String> encoder(Rendition rendition) {
        String cap = Long.toString(rendition.cap());
        long firstFrame = plan.times().firstFrameFrom(readFrom - MILLISECOND).orElse(0);
        // the expression's time starts with ffmpeg's first frame
        String base = seconds(firstFrame + Keyframes.ROUNDING);
        String every = seconds(Keyframes.ENCODED);
        String key = "expr:if(isnan(prev_forced_t),1,gte(floor((t+" + base + ")/" + every + "),floor((prev_forced_t+"
                + base + ")/" + every + ")+1))";
        List<String> args = new ArrayList<>(List.of("-vsync", "vfr", "-enc_time_base", "1:90000", "-c:v", "libx264"));
        args.addAll(List.of("-preset", "veryfast", "-profile:v", "high", "-crf", "23", "-maxrate", cap));
        args.addAll(List.of("-bufsize", Long.toString(2 * rendition.cap()), "-force_key_frames", key));
        // no other keyframes, so that all renditions have them at the same instants
        args.addAll(List.of("-g", "99999", "-sc_threshold", "0", "-forced-idr", "1"));
        return args;
    }

    private List<String> muxer(Rendition rendition) {
        List<String> args = new ArrayList<>(List.of("-avoid_negative_ts", "disabled"));
        args.addAll(List.of("-output_ts_offset", seconds(OFFSET - plan.times().start()), "-f", "segment"));
        // a list that grows with each finished file
        args.addAll(List.of("-segment_list", list(rendition), "-segment_list_type", "csv", "-segment_list_size", "0"));
        args.addAll(List.of("-segment_list_flags", "+live"));
        args.addAll(List.of("-segment_start_number", Integer.toString(from.firstFile()), "-segment_times", cuts()));
        if (plan.isFragmentedMp4()) {
            args.addAll(List.of("-segment_format", "mp4", "-individual_header_trailer", "0"));
            args.addAll(List.of("-segment_header_filename", init(rendition)));
            // without edit lists, which not every player honours; times go on where those of an earlier attempt end
            args.addAll(List.of(
                    "-segment_format_options",
                    "movflags=+frag_custom+empty_moov+frag_discont+default_base_moof:use_editlist=0"
                            + ":avoid_negative_ts=0"));
        } else {
            // each segment has continuity counters of its own, so that those of two attempts fit
            args.addAll(List.of(
                    "-segment_format",
                    "mpegts",
                    "-segment_format_options",
                    "mpegts_copyts=1:mpegts_flags=+initial_discontinuity"));
        }
        args.add(rendition.name() + "-%05d." + plan.extension());
        return args;
    }

    /** @return where files end, ascending */
    private String cuts() {
        List<Long> cuts = new ArrayList<>();
        if (from.hasWarmUp()) {
            cuts.add(from.time());
        }
        plan.starts().stream()
                .skip(from.number() + 1L)
                .filter(start -> start > from.time() + FilmTimes.SECOND / 2)
                .forEach(cuts::add);
        if (cuts.isEmpty()) {
            // ffmpeg requires a time; nothing is after the end
            cuts.add(plan.times().length() + FilmTimes.SECOND);
        }
        return cuts.stream().map(StreamCommand::cut).collect(Collectors.joining(","));
    }

    /** @return in seconds, to the millisecond before, which keeps the argument of a long film short */
    private static String cut(long micros) {
        long millis = (OFFSET + micros - EARLIER) / MILLISECOND;
        return String.format(Locale.ROOT, "%d.%03d", millis / MILLISECOND, millis % MILLISECOND);
    }

    private static String seconds(long micros) {
        String sign = micros < 0 ? "-" : "";
        long size = Math.abs(micros);
        return String.format(Locale.ROOT, "%s%d.%06d", sign, size / FilmTimes.SECOND, size % FilmTimes.SECOND);
    }
}
