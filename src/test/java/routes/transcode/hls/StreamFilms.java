package routes.transcode.hls;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import routes.support.Footage;
import routes.support.FootageSpec;
import routes.support.LocalFfmpeg;

/** Films with a number in every frame. */
public final class StreamFilms {
    private StreamFilms() {}

    public static FootageSpec spec() {
        return FootageSpec.standard().withBFrames(2);
    }

    public static Path record(Path folder, FootageSpec spec, Duration length) {
        return Footage.record(folder.resolve("film.mp4"), spec, 0, spec.framesIn(length), Instant.EPOCH);
    }

    /** @return the output of ffmpeg */
    public static Path ffmpeg(Path out, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(LocalFfmpeg.path().toString(), "-nostdin", "-v", "error", "-y"));
        line.addAll(List.of(arguments));
        line.add(out.toString());
        if (new ProcessBuilder(line).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("ffmpeg failed: " + line);
        }
        return out;
    }
}
