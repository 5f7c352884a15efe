package routes.cut;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.scratch.Workspace;

/** Remuxes a completely fetched recording whose sample tables or fragments cannot be read. */
@Component("remuxer")
public class Remuxer {
    private static final String PREFIX = "readable-";

    /** @return ffmpeg arguments that copy video and sound to a new file; the working directory is the workspace */
    public List<String> command(@ExchangeProperty("source") Source source) {
        return List.of(
                // otherwise ffmpeg shifts all timestamps so that the audio priming starts at 0
                "-copyts",
                "-i",
                source.name(),
                "-map",
                "0:v:0",
                "-map",
                "0:a:0?",
                "-c",
                "copy",
                "-f",
                "mp4",
                PREFIX + source.name());
    }

    /** Replaces the recording with the remuxed file. */
    public void replace(@ExchangeProperty("source") Source source, @Variable("workspace") Workspace workspace)
            throws IOException {
        Files.move(workspace.file(PREFIX + source.name()), source.file(), StandardCopyOption.REPLACE_EXISTING);
    }
}
