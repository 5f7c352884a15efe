package routes.support;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The kinds of recordings that cameras are known to write, each small and quick to create. */
public enum FootageKind {
    NO_B_FRAMES(spec()),
    B_FRAMES(spec().withBFrames(2)),
    B_PYRAMID(spec().withBFrames(3).withExtra("-x264-params", "8x8dct=1:b-pyramid=normal:ref=4:bframes=3")),
    SILENT(spec().withBFrames(2).withoutAudio()),
    OPEN_GOP(spec().withBFrames(2).withExtra("-flags", "-cgop", "-x264-params", "8x8dct=1:open-gop=1")),
    FRAMES_LEFT_OUT(spec().withFrameTimes("select='mod(n,7)-3'")),
    UNEVEN_TIMES(spec().withBFrames(2).withFrameTimes("setpts='round((N+0.05*mod(7*N,5))*3600)'")),
    FPS_12_5(spec().withFps(25, 2).withGop(25)),
    FPS_29_97(spec().withFps(30_000, 1001).withGop(30).withBFrames(2)),
    FPS_30(spec().withFps(30, 1).withGop(60).withBFrames(2)),
    FPS_60(spec().withFps(60, 1).withGop(60).withBFrames(2)),
    LONG_GOP(new Recordings(List.of(spec().withGop(250).withBFrames(2)), 2, 12, 0)),
    SIX_RECORDINGS(new Recordings(List.of(spec().withBFrames(2)), 6, 2, 0)),
    /** Each but the first starts 17 frames before the end of the previous one. */
    OVERLAPPING(new Recordings(List.of(spec().withBFrames(2)), 4, 4, 17)),
    OTHER_PARAMETER_SETS(
            spec().withBFrames(2), spec().withBFrames(1).withExtra("-x264-params", "8x8dct=1:cabac=0:ref=3:weightp=0")),
    OTHER_SIZE(spec(), spec().withSize(480, 270)),
    OTHER_TIMESCALE(spec(), spec().withExtra("-video_track_timescale", "90000")),
    SOMETIMES_SILENT(spec(), spec().withoutAudio()),
    MOOV_AT_END(spec().withBFrames(2).withExtra("-movflags", "-faststart")),
    NEGATIVE_OFFSETS(spec().withBFrames(2).withExtra("-movflags", "+negative_cts_offsets")),
    WIDE_OFFSETS(spec().withBFrames(2)) {
        @Override
        void alter(Path recording) throws IOException {
            Mp4Rewrite.widenOffsets(recording);
        }
    },
    HIDDEN_START(spec().withBFrames(2)) {
        @Override
        void alter(Path recording) throws IOException {
            Mp4Rewrite.hideStart(recording, HIDDEN_MILLIS);
        }

        @Override
        int startShiftMillis() {
            return HIDDEN_MILLIS;
        }
    },
    PAUSED_START(spec().withBFrames(2)) {
        @Override
        void alter(Path recording) throws IOException {
            Mp4Rewrite.pauseBefore(recording, PAUSE_MILLIS);
        }

        @Override
        int startShiftMillis() {
            return -PAUSE_MILLIS;
        }
    },
    /** G.711, as written by cameras without AAC. */
    RAW_SOUND(spec().withExtra("-c:a", "pcm_mulaw", "-ar", "8000", "-f", "mov")),
    MP3_SOUND(spec().withExtra("-c:a", "mp3")),
    /** The microphone is off, but its track exists. */
    EMPTY_SOUND(spec().withBFrames(2)) {
        @Override
        void alter(Path recording) throws IOException {
            Mp4Rewrite.emptySound(recording);
        }
    },
    /** The second audio frame is early, the others are not. */
    UNEVEN_SOUND(spec()) {
        @Override
        void alter(Path recording) throws IOException {
            Mp4Rewrite.hurrySound(recording);
        }
    },
    FRAGMENTED(spec().withExtra("-movflags", "-faststart+frag_keyframe+delay_moov")),
    SPS_ID_1(spec().withExtra("-x264-params", "8x8dct=1:sps-id=1")),
    INTERLACED(spec().withExtra("-flags", "+ilme+ildct", "-x264-params", "8x8dct=1:tff=1")),
    TEN_BIT(spec().withExtra("-pix_fmt", "yuv420p10le")),
    CHROMA_422(spec().withExtra("-pix_fmt", "yuv422p")),
    HEVC(spec().withExtra("-c:v", "libx265", "-tag:v", "hvc1", "-x265-params", "log-level=error:open-gop=0")),
    HEVC_FRAMES_LEFT_OUT(spec().withFrameTimes("select='mod(n,7)-3'")
            .withExtra("-c:v", "libx265", "-tag:v", "hvc1", "-x265-params", "log-level=error:open-gop=0"));

    private static final int HIDDEN_MILLIS = 520;
    private static final int PAUSE_MILLIS = 240;

    /**
     * @param specs of the recordings, used cyclically
     * @param count number of consecutive recordings
     * @param seconds approximate length of each: a whole number of frames and of milliseconds
     * @param overlap frames that a recording shares with the previous one
     */
    record Recordings(List<FootageSpec> specs, int count, int seconds, int overlap) {
        FootageSpec spec(int index) {
            return specs.get(index % specs.size());
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // a record of records in an unmodifiable list
    final Recordings recordings;

    FootageKind(FootageSpec... specs) {
        this(new Recordings(List.of(specs), 3, 4, 0));
    }

    FootageKind(Recordings recordings) {
        this.recordings = recordings;
    }

    /** Spec of the first recording; all have the same frame rate. */
    public FootageSpec firstSpec() {
        return recordings.spec(0);
    }

    /** Changes a recording into a form that ffmpeg does not write. */
    void alter(Path recording) throws IOException {}

    /** Milliseconds from the instant of the first frame in the file to the file's time 0. */
    int startShiftMillis() {
        return 0;
    }

    private static FootageSpec spec() {
        return FootageSpec.standard().withSize(320, 180);
    }
}
