package routes.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What MediaConvert reads of an input.
 *
 * @param codec of the picture, as ffmpeg names it
 * @param frameRate frames per second
 * @param audioCodec as ffmpeg names it; null without sound
 * @param sampleRate of the sound; 0 without it
 */
record ProbedFilm(Path file, String codec, int width, int height, double frameRate, String audioCodec, int sampleRate) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VIDEO =
            Pattern.compile("Stream #0.*Video: (\\w+).*?, (\\d{2,})x(\\d{2,}).*?([\\d.]+) (?:fps|tbr)");
    private static final Pattern AUDIO = Pattern.compile("Stream #0.*Audio: (\\w+).*?(\\d+) Hz");
    private static final Map<String, String> CODECS = Map.of("h264", "H_264", "hevc", "H_265", "mpeg2video", "MPEG2");

    /** @throws IllegalStateException with ffmpeg's reason if the file is no film with a picture */
    static ProbedFilm of(Path file) {
        List<String> arguments = List.of(
                "-nostdin",
                "-hide_banner",
                "-i",
                file.toString(),
                "-map",
                "0:v:0",
                "-c",
                "copy",
                "-t",
                "0",
                "-f",
                "null",
                "-");
        String said = String.join("\n", FfmpegResult.of(arguments).said());
        // only the input, not what is made of it
        String input = said.substring(0, Math.max(0, said.indexOf("Output #0")));
        Matcher video = VIDEO.matcher(input);
        if (!video.find()) {
            throw new IllegalStateException("no picture in: " + said);
        }
        Matcher audio = AUDIO.matcher(input);
        boolean hasSound = audio.find();
        return new ProbedFilm(
                file,
                video.group(1),
                Integer.parseInt(video.group(2)),
                Integer.parseInt(video.group(3)),
                Double.parseDouble(video.group(4)),
                hasSound ? audio.group(1) : null,
                hasSound ? Integer.parseInt(audio.group(2)) : 0);
    }

    boolean hasSound() {
        return audioCodec != null;
    }

    /** @return the entry of {@code inputDetails} of an event */
    ObjectNode details(String uri) {
        ObjectNode details = JSON.createObjectNode().put("id", 1).put("uri", uri);
        if (hasSound()) {
            details.putArray("audio")
                    .addObject()
                    .put("channels", 2)
                    .put("codec", audioCodec.toUpperCase(Locale.ROOT))
                    .put("language", "UND")
                    .put("sampleRate", sampleRate)
                    .put("streamId", 2);
        }
        details.putArray("video")
                .addObject()
                .put("bitDepth", 8)
                .put("codec", CODECS.getOrDefault(codec, codec.toUpperCase(Locale.ROOT)))
                .put("colorFormat", "YUV_420")
                .put("frameRate", frameRate)
                .put("height", height)
                .put("interlaceMode", "PROGRESSIVE")
                .put("sar", "1:1")
                .put("standard", "UNSPECIFIED")
                .put("streamId", 1)
                .put("width", width);
        return details;
    }
}
