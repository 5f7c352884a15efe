package routes.transcode.hls;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.Track;

/** The codecs of a rendition as RFC 6381 names them. */
final class Codecs {
    private Codecs() {}

    /**
     * @param file the initialization segment, or a segment of a transport stream
     * @return such as {@code avc1.640028,mp4a.40.2}; empty if the picture has not begun in this segment
     */
    static Optional<String> of(ClearFile file, StreamPlan plan) throws IOException {
        List<String> codecs = new ArrayList<>();
        try {
            if (plan.hasPicture()) {
                Optional<String> profile = profile(file, plan);
                if (profile.isEmpty()) {
                    return Optional.empty();
                }
                codecs.add("avc1." + profile.get());
            }
            if (plan.hasSound()) {
                Track sound = plan.times().movie().audio().orElseThrow();
                codecs.add(
                        "mp4a.40." + (plan.copiesSound() ? sound.entry().aac().objectType() : 2));
            }
        } catch (MalformedMp4Exception e) {
            throw new IllegalStateException(
                    "no decoder configuration in " + file.file().getFileName(), e);
        }
        return Optional.of(String.join(",", codecs));
    }

    /** @return profile, compatibility and level as hexadecimal digits */
    private static Optional<String> profile(ClearFile file, StreamPlan plan) throws IOException, MalformedMp4Exception {
        if (!plan.isEncoded()) {
            return Optional.of(inConfiguration(plan.picture()));
        }
        return file.isInit() ? Optional.of(inInit(file.file())) : PictureSets.profile(file.file());
    }

    private static String inInit(Path init) throws IOException, MalformedMp4Exception {
        return inConfiguration(Movie.read(init).pictures().get(0));
    }

    /**
     * @param init an initialization segment with a picture
     * @return ticks per second of the picture
     */
    static long timescale(Path init) throws IOException {
        try {
            return Movie.read(init).pictures().get(0).timescale();
        } catch (MalformedMp4Exception e) {
            throw new IllegalStateException("no picture in " + init.getFileName(), e);
        }
    }

    private static String inConfiguration(Track picture) throws MalformedMp4Exception {
        return picture.entry().avc().head().substring(2);
    }
}
