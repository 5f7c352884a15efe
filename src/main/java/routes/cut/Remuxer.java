package routes.cut;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.scratch.Workspace;

/** Gives a recording that is here whole, but whose tables are broken or scattered, tables that can be read. */
@Component("remuxer")
public class Remuxer {
    private static final String PREFIX = "readable-";

    /** @return arguments with which ffmpeg, run in the workspace, copies picture and sound to a file of its own making */
    public List<String> command(@ExchangeProperty("source") Source source) {
        return List.of(
                // else ffmpeg moves all times until the sound's priming is at 0
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

    /** Puts what ffmpeg made in the place of the recording. */
    public void replace(@ExchangeProperty("source") Source source, @Variable("workspace") Workspace workspace)
            throws IOException {
        Files.move(workspace.file(PREFIX + source.name()), source.file(), StandardCopyOption.REPLACE_EXISTING);
    }
}
