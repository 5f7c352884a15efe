package routes.ffmpeg;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import routes.settings.InvalidSettingException;
import routes.settings.Settings;

/** The path of ffmpeg, found once at startup. */
@Component
public class FfmpegProgram {
    private final Path path;

    public FfmpegProgram(Settings settings) {
        String wanted = settings.media().ffmpeg();
        this.path = Stream.concat(
                        Stream.of(Path.of(wanted)).filter(p -> p.getNameCount() > 1),
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                                .map(dir -> Path.of(dir, wanted)))
                .filter(p -> Files.isRegularFile(p) && Files.isExecutable(p))
                .findFirst()
                .map(Path::toAbsolutePath)
                .orElseThrow(() ->
                        new InvalidSettingException("FFMPEG", wanted, "a program on the PATH, or the path of one"));
    }

    List<String> command() {
        return List.of(path.toString());
    }
}
