package routes.transcode.hls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.Track;

/** The codecs of a rendition as RFC 6381 names them. */
final class Codecs {
    /** Bytes in which a transport stream has its first parameter set. */
    private static final int HEAD = 64 * 1024;

    private static final int SEQUENCE_SET = 7;
    private static final int TYPE = 31;

    private Codecs() {}

    /** @param file the initialization segment, or the first segment of a transport stream */
    static String of(ClearFile file, StreamPlan plan) throws IOException {
        List<String> codecs = new ArrayList<>();
        try {
            if (plan.hasPicture()) {
                codecs.add("avc1." + (file.isInit() ? inConfiguration(file.file()) : inStream(file.file())));
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
        return String.join(",", codecs);
    }

    /** @return profile, compatibility and level as hexadecimal digits */
    private static String inConfiguration(Path init) throws IOException, MalformedMp4Exception {
        return Movie.read(init).pictures().get(0).entry().avc().head().substring(2);
    }

    private static String inStream(Path segment) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(segment)) {
            head = in.readNBytes(HEAD);
        }
        for (int i = 0; i + 6 < head.length; i++) {
            if (head[i] == 0 && head[i + 1] == 0 && head[i + 2] == 1 && (head[i + 3] & TYPE) == SEQUENCE_SET) {
                return HexFormat.of().formatHex(head, i + 4, i + 7);
            }
        }
        throw new IllegalStateException("a segment starts without a parameter set");
    }
}
