package routes.transcode.hls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import routes.support.DecodedClip;
import routes.support.FootageSpec;
import routes.support.FrameReader;

/** What a decoded film lacks beside the footage: frames, their times, sound. */
public final class Identical {
    /** A frame of AAC and a little. */
    private static final double SOUND_MS = 25;

    private Identical() {}

    /** @return what is wrong; empty if frames 0 to {@code frames} - 1 are shown once and in order, with their sound */
    public static String to(FootageSpec spec, long frames, Path film) {
        DecodedClip decoded = FrameReader.read(film, spec);
        List<String> wrong = new ArrayList<>();
        if (decoded.count() != frames) {
            wrong.add(decoded.count() + " frames");
        }
        if (decoded.first() != 0 || !decoded.monotone() || !decoded.missing().isEmpty()) {
            wrong.add("starts with " + decoded.first() + ", lacks " + decoded.missing() + ", repeats "
                    + decoded.duplicated());
        }
        if (!decoded.decodeErrors().isEmpty()) {
            wrong.add("errors " + decoded.decodeErrors());
        }
        if ((spec.audio() && decoded.audioOffsetsMs().isEmpty()) || decoded.largestAudioOffsetMs() > SOUND_MS) {
            wrong.add("sound is off by " + decoded.audioOffsetsMs());
        }
        return String.join("; ", wrong);
    }
}
