package routes.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import routes.support.DecodedClip.Frame;

/** Decodes a clip like a player, with its edit lists, and reads the presented frames and the times of the beeps. */
public final class FrameReader {
    private static final Pattern SHOWN = Pattern.compile("showinfo.*\\bn: *\\d+ .*pts_time: *(-?[\\d.]+)");
    private static final Pattern TROUBLE = Pattern.compile(
            "error|corrupt|non-existing|concealing|missing reference|co located|no frame|invalid|mmco",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AUDIO = Pattern.compile("Stream #0:\\d+.*: Audio:");

    private FrameReader() {}

    /**
     * Decodes picture and sound.
     *
     * @param spec of the footage that the clip was cut from; only its frame rate is used
     * @throws IllegalStateException if ffmpeg cannot open the clip, or finds no video in it
     */
    public static DecodedClip read(Path clip, FootageSpec spec) {
        FfmpegResult decoded = decodePicture(clip);
        List<Frame> frames = frames(decoded);
        if (frames.isEmpty()) {
            throw new IllegalStateException("No frame in " + clip + ": " + String.join("\n", decoded.said()));
        }
        List<String> errors = new ArrayList<>(trouble(decoded.said()));
        if (decoded.said().stream().noneMatch(line -> AUDIO.matcher(line).find())) {
            return new DecodedClip(frames, errors, List.of(), 0);
        }
        List<String> audio = input(clip);
        audio.addAll(List.of("-map", "0:a:0", "-af"));
        audio.add("aresample=" + Beeps.SAMPLE_RATE + ":async=1:first_pts=0,highpass=f=600");
        audio.addAll(List.of("-ac", "1", "-f", "s16le", "-"));
        FfmpegResult heard = FfmpegResult.of(audio);
        errors.addAll(trouble(heard.said()));
        List<Double> offsets = Beeps.onsets(heard.bytes()).stream()
                .map(onset -> Beeps.offsetMs(onset, frames.get(0), spec))
                .toList();
        return new DecodedClip(frames, errors, offsets, Beeps.seconds(heard.bytes()));
    }

    /**
     * Every frame in presentation order; empty if nothing is shown.
     *
     * @throws IllegalStateException if ffmpeg cannot open the clip
     */
    public static List<Frame> shown(Path clip) {
        return frames(decodePicture(clip));
    }

    private static FfmpegResult decodePicture(Path clip) {
        List<String> video = input(clip);
        video.addAll(List.of("-map", "0:v:0", "-vf"));
        video.add("crop=iw/2:ih/27:0:0,scale=" + Barcode.CELLS
                + ":1:flags=area,setsar=1,format=gray,showinfo=checksum=0");
        video.addAll(passthrough());
        // the clip's own time base, in which no two frames have the same timestamp
        video.addAll(List.of("-enc_time_base", "-1", "-f", "rawvideo", "-pix_fmt", "gray", "-"));
        return FfmpegResult.of(video);
    }

    private static List<String> input(Path clip) {
        return new ArrayList<>(List.of("-hide_banner", "-nostdin", "-nostats", "-copyts", "-i", clip.toString()));
    }

    private static List<Frame> frames(FfmpegResult decoded) {
        List<Frame> frames = new ArrayList<>();
        for (String line : decoded.said()) {
            Matcher shown = SHOWN.matcher(line);
            int offset = frames.size() * Barcode.CELLS;
            if (shown.find() && offset + Barcode.CELLS <= decoded.bytes().length) {
                frames.add(new Frame(Barcode.read(decoded.bytes(), offset), Double.parseDouble(shown.group(1))));
            }
        }
        return frames;
    }

    private static List<String> trouble(List<String> said) {
        return said.stream()
                .filter(line -> TROUBLE.matcher(line).find() && !line.contains("showinfo"))
                .toList();
    }

    /** ffmpeg 6 renamed the option that keeps every frame at its own time, and later versions dropped the old name. */
    private static List<String> passthrough() {
        return LocalFfmpeg.majorVersion() >= 6 ? List.of("-fps_mode", "passthrough") : List.of("-vsync", "passthrough");
    }
}
