package routes.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The ffmpeg command that encodes rasters from its standard input into a recording. */
final class FootageCommand {
    /** Frames in which the picture scrolls once through its width. */
    private static final int SCROLL_FRAMES = 250;

    /** Fraction of full scale; {@link FrameReader} detects the beep and not the hum. */
    private static final double BEEP_LEVEL = 0.5;

    private static final double HUM_LEVEL = 0.02;

    private FootageCommand() {}

    static List<String> of(Path out, FootageSpec spec, long firstFrame, long frames) {
        List<String> command = new ArrayList<>(
                List.of(LocalFfmpeg.path().toString(), "-hide_banner", "-nostats", "-v", "error", "-y"));
        command.addAll(List.of("-f", "rawvideo", "-pixel_format", "gray"));
        command.addAll(List.of("-video_size", ClockFace.WIDTH + "x" + (1 + ClockFace.HEIGHT)));
        command.addAll(List.of("-framerate", spec.rate(), "-i", "pipe:0"));
        command.addAll(List.of("-f", "lavfi", "-i", picture(spec, firstFrame, frames)));
        if (spec.audio()) {
            command.addAll(List.of("-f", "lavfi", "-i", sound(spec, firstFrame, frames)));
        }
        command.addAll(List.of("-filter_complex", overlays(spec), "-map", "[v]"));
        if (spec.audio()) {
            command.addAll(List.of("-map", "2:a", "-c:a", "aac", "-b:a", "64k"));
        }
        command.addAll(List.of("-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "30"));
        // ultrafast disables the 8x8 transform, and with it the High profile
        command.addAll(List.of("-preset", "ultrafast", "-x264-params", "8x8dct=1"));
        command.addAll(List.of("-bf", String.valueOf(spec.bFrames())));
        command.addAll(List.of("-g", String.valueOf(spec.gop()), "-keyint_min", String.valueOf(spec.gop())));
        command.addAll(List.of("-sc_threshold", "0", "-flags", "+cgop", "-movflags", "+faststart"));
        command.addAll(spec.extra());
        command.add(out.toString());
        return command;
    }

    /**
     * A scrolling still with a time base of one frame; its position follows from the frame number, so that recordings
     * adjoin.
     */
    private static String picture(FootageSpec spec, long firstFrame, long frames) {
        return String.format(
                Locale.ROOT,
                "mandelbrot=s=%dx%d:r=%s,trim=end_frame=1,format=yuv420p,loop=%d:1:0,setpts=N,"
                        + "scroll=h=%.6f:hpos=%.6f",
                spec.width(),
                spec.height(),
                spec.rate(),
                frames - 1,
                1.0 / SCROLL_FRAMES,
                (double) (firstFrame % SCROLL_FRAMES) / SCROLL_FRAMES);
    }

    /** Barcode and clock, cropped from the raster and scaled by whole pixels, over the picture. */
    private static String overlays(FootageSpec spec) {
        int barWidth = spec.width() / 2;
        int barHeight = even((spec.height() + 26) / 27);
        String last = spec.lastFilter().isEmpty() ? "" : "," + spec.lastFilter();
        int clockScale = Math.max(1, spec.width() / 2 / ClockFace.WIDTH);
        return String.format(
                Locale.ROOT,
                "[0:v]split[a][b];[a]crop=%d:1:0:0,scale=%d:%d:flags=neighbor[bar];"
                        + "[b]crop=%d:%d:0:1,scale=%d:%d:flags=neighbor[clock];"
                        + "[1:v][bar]overlay=0:0[numbered];[numbered][clock]overlay=8:%d%s[v]",
                ClockFace.WIDTH,
                barWidth,
                barHeight,
                ClockFace.WIDTH,
                ClockFace.HEIGHT,
                ClockFace.WIDTH * clockScale,
                ClockFace.HEIGHT * clockScale,
                barHeight + 8,
                last);
    }

    /** The time since the start of the last beep is {@code mod(t + phase, period)}, in seconds. */
    private static String sound(FootageSpec spec, long firstFrame, long frames) {
        double frame = 1 / spec.fps();
        double period = spec.framesPerBeep() * frame;
        double phase = (firstFrame % spec.framesPerBeep()) * frame;
        String sinceBeep = String.format(Locale.ROOT, "mod(t+%.9f,%.9f)", phase, period);
        return String.format(
                Locale.ROOT,
                "aevalsrc='if(lt(%s,0.1),%s*sin(2*PI*1000*%s),%s*sin(2*PI*100*%s))':s=48000:d=%.9f",
                sinceBeep,
                BEEP_LEVEL,
                sinceBeep,
                HUM_LEVEL,
                sinceBeep,
                frames * frame);
    }

    private static int even(int pixels) {
        return pixels + pixels % 2;
    }
}
