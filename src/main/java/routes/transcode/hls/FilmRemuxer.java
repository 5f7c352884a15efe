package routes.transcode.hls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.failure.FfmpegFailedException;
import routes.failure.NotAFilmException;
import routes.scratch.ScratchSpace;
import routes.scratch.Workspace;

/** Makes an MP4 with readable tables of any film that ffmpeg knows, such as MKV, TS or AVI. */
@Component("filmRemuxer")
public class FilmRemuxer {
    private static final String FILE = "remuxed.mp4";

    private final ScratchSpace scratch;

    FilmRemuxer(ScratchSpace scratch) {
        this.scratch = scratch;
    }

    /** Removes from the film what ffmpeg must not read. */
    public void prepare(@Variable("film") Film film) throws IOException {
        ServiceDescriptions.hide(film.file());
    }

    /** @return ffmpeg arguments that copy the first picture and sound; the working directory is the workspace */
    public List<String> command(@Variable("film") Film film, @Variable("workspace") Workspace workspace) {
        scratch.reserveOutput(workspace, film.bytes());
        return arguments(film, List.of("-c", "copy"));
    }

    /** @return the same for sound that MP4 cannot hold, such as PCM; the picture is copied */
    public List<String> encodeSound(@Variable("film") Film film) {
        return arguments(film, List.of("-c:v", "copy", "-c:a", "aac", "-b:a", "256k"));
    }

    /** @return the same for a picture that MP4 cannot hold: nearly lossless, since it is encoded again */
    public List<String> encode(@Variable("film") Film film) {
        return arguments(
                film, List.of("-c:v", "libx264", "-preset", "ultrafast", "-qp", "16", "-c:a", "aac", "-b:a", "256k"));
    }

    /** @return the film, whose picture was encoded */
    public Film encoded(@Variable("film") Film film) {
        return new Film(film.file(), film.inputFile(), film.bytes(), true);
    }

    private static List<String> arguments(Film film, List<String> codecs) {
        // V leaves out cover pictures; input times are made to start at 0
        List<String> args =
                new ArrayList<>(List.of("-i", film.name(), "-map", "0:V:0?", "-map", "0:a:0?", "-vsync", "vfr"));
        args.addAll(codecs);
        args.addAll(List.of("-f", "mp4", FILE));
        return args;
    }

    /** @return the remuxed film, in place of the given one */
    public Film replace(@Variable("film") Film film, @Variable("workspace") Workspace workspace) throws IOException {
        Files.move(workspace.file(FILE), film.file(), StandardCopyOption.REPLACE_EXISTING);
        return new Film(film.file(), film.inputFile(), Files.size(film.file()), film.isPictureEncoded());
    }

    /** @throws NotAFilmException always: ffmpeg failed */
    public void refuse(@ExchangeException FfmpegFailedException failure) {
        NotAFilmException refused = new NotAFilmException("the file is not a film that can be decoded");
        refused.initCause(failure);
        throw refused;
    }
}
