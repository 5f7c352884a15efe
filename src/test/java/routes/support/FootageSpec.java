package routes.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The format of a camera's recordings. Recordings of the same spec have the same parameter sets (SPS, PPS).
 *
 * @param width pixels, even, at least 320
 * @param height pixels, even, at least 180
 * @param fpsNum frames per second, numerator
 * @param fpsDen frames per second, denominator
 * @param gop frames from one keyframe to the next, counted from a recording's start; closed
 * @param bFrames consecutive B-frames, 0 for none
 * @param audio AAC, 48 kHz, mono; otherwise no audio track
 * @param lastFilter an ffmpeg filter for the finished picture, such as one that drops frames; empty for none
 * @param extra ffmpeg output arguments, after all others so that they win
 */
public record FootageSpec(
        int width,
        int height,
        int fpsNum,
        int fpsDen,
        int gop,
        int bFrames,
        boolean audio,
        String lastFilter,
        List<String> extra) {
    private static final long NANOS = 1_000_000_000L;

    public FootageSpec {
        if (width < 320 || height < 180 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("Footage is even and at least 320x180, not " + width + "x" + height);
        }
        if (fpsNum < 1 || fpsDen < 1 || gop < 1 || bFrames < 0) {
            throw new IllegalArgumentException("Not a frame rate, GOP or number of B-frames");
        }
        extra = List.copyOf(extra);
    }

    /** 640x360, 25 frames per second, a keyframe every 2 s, no B-frames, audio. */
    public static FootageSpec standard() {
        return new FootageSpec(640, 360, 25, 1, 50, 0, true, "", List.of());
    }

    public FootageSpec withSize(int newWidth, int newHeight) {
        return new FootageSpec(newWidth, newHeight, fpsNum, fpsDen, gop, bFrames, audio, lastFilter, extra);
    }

    public FootageSpec withFps(int num, int den) {
        return new FootageSpec(width, height, num, den, gop, bFrames, audio, lastFilter, extra);
    }

    public FootageSpec withGop(int frames) {
        return new FootageSpec(width, height, fpsNum, fpsDen, frames, bFrames, audio, lastFilter, extra);
    }

    public FootageSpec withBFrames(int frames) {
        return new FootageSpec(width, height, fpsNum, fpsDen, gop, frames, audio, lastFilter, extra);
    }

    public FootageSpec withoutAudio() {
        return new FootageSpec(width, height, fpsNum, fpsDen, gop, bFrames, false, lastFilter, extra);
    }

    /** @param filter of ffmpeg, for the finished picture */
    public FootageSpec withLastFilter(String filter) {
        return new FootageSpec(width, height, fpsNum, fpsDen, gop, bFrames, audio, filter, extra);
    }

    /** Variable frame rate: each frame has the time given by the filter, in 1/90000 s. */
    public FootageSpec withFrameTimes(String filter) {
        FootageSpec steady = withExtra("-vsync", "vfr", "-enc_time_base", "1:90000", "-video_track_timescale", "90000");
        return new FootageSpec(
                width, height, fpsNum, fpsDen, gop, bFrames, audio, "settb=1/90000," + filter, steady.extra);
    }

    /** Adds ffmpeg output arguments. */
    public FootageSpec withExtra(String... arguments) {
        List<String> all = new ArrayList<>(extra);
        all.addAll(List.of(arguments));
        return new FootageSpec(width, height, fpsNum, fpsDen, gop, bFrames, audio, lastFilter, all);
    }

    /** Frames per second. */
    public double fps() {
        return (double) fpsNum / fpsDen;
    }

    /** The frame rate in ffmpeg's syntax: {@code 25/1}. */
    String rate() {
        return fpsNum + "/" + fpsDen;
    }

    /** Frames from one beep to the next, about a second. A beep starts at each frame number divisible by it. */
    public int framesPerBeep() {
        return (int) Math.round(fps());
    }

    /** Duration of this number of frames, rounded down to the nanosecond. */
    public Duration lengthOf(long frames) {
        long seconds = Math.multiplyExact(frames, (long) fpsDen) / fpsNum;
        long rest = frames * fpsDen - seconds * fpsNum;
        return Duration.ofSeconds(seconds, rest * NANOS / fpsNum);
    }

    /**
     * Number of frames that start within {@code [0, time)}, which is also the number of the first frame at or after
     * that time.
     */
    public long framesIn(Duration time) {
        long whole = Math.multiplyExact(time.toSeconds(), (long) fpsNum) / fpsDen;
        long frame = Math.max(0, whole - 1);
        while (lengthOf(frame).compareTo(time) < 0) {
            frame++;
        }
        return frame;
    }
}
