package routes.transcode.hls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.failure.NotAFilmException;
import routes.jobs.WorkControl;
import routes.scratch.Workspace;

/** Runs ffmpeg and stores what it has finished, side by side; each method is one step of a route. */
@Component("streamConversion")
public class StreamConversion {
    private static final Logger LOG = LoggerFactory.getLogger("job");
    private static final long POLL_MILLIS = 100;
    private static final int FIRST_PERCENT = 5;
    private static final int LAST_PERCENT = 95;

    /** @return the conversion, which goes on after what is stored */
    public Conversion begin(
            @Variable("streamPlan") StreamPlan plan,
            @Variable("listing") StreamListing listing,
            @Variable("output") OutputPath output,
            @Variable("workspace") Workspace workspace) {
        ResumePoint from = listing.resumePoint(plan, output);
        if (from.hasWarmUp()) {
            LOG.info("goes on at segment {}, {} s", from.number(), from.time() / FilmTimes.SECOND);
        }
        return new Conversion(plan, from, listing, workspace);
    }

    /** Removes the files of an earlier run. */
    public void clean(@Variable("conversion") Conversion conversion, @Variable("workspace") Workspace workspace)
            throws IOException {
        workspace.abandon(null);
        for (Rendition rendition : conversion.plan().renditions()) {
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(workspace.folder(), rendition.name() + "[.-]*")) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        }
    }

    /** @return ffmpeg arguments; the working directory is the workspace */
    public List<String> command(@Variable("conversion") Conversion conversion) {
        return StreamCommand.of(conversion.plan(), conversion.from());
    }

    /**
     * Waits until ffmpeg has finished a file, or has ended.
     *
     * @return whether there is a file, in the exchange's property {@code segment}
     * @throws routes.failure.WorkStoppedException if this process must stop working on the job
     */
    public boolean awaitNext(
            @Variable("conversion") Conversion conversion,
            @Variable("workspace") Workspace workspace,
            Exchange exchange)
            throws IOException, InterruptedException {
        Optional<ClearFile> next = Optional.empty();
        while (next.isEmpty() && conversion.hasMore()) {
            workspace.ensureHeld();
            next = conversion.poll();
            if (next.isEmpty() && conversion.hasMore() && conversion.awaitEnd(POLL_MILLIS)) {
                next = conversion.poll();
            }
        }
        next.ifPresent(file -> exchange.setProperty("segment", file));
        return next.isPresent();
    }

    /** Keeps what the master playlist says of the file, and corrects the times in it. */
    public void inspect(@Variable("conversion") Conversion conversion, @ExchangeProperty("segment") ClearFile clear)
            throws IOException {
        conversion.readCodec(clear);
        conversion.correctStart(clear);
    }

    /** @return whether an initialization segment must equal the stored one, since segments are kept */
    public boolean isCompared(
            @Variable("conversion") Conversion conversion, @ExchangeProperty("segment") ClearFile clear) {
        return clear.isInit() && conversion.from().hasWarmUp();
    }

    /** Saves the stored initialization segment. */
    public void save(
            InputStream content,
            @ExchangeProperty("encrypted") EncryptedFile file,
            @Variable("workspace") Workspace workspace)
            throws IOException {
        try (content) {
            Files.copy(content, storedInit(file, workspace), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path storedInit(EncryptedFile file, Workspace workspace) {
        return workspace.file(file.clear().rendition().name() + "-stored.tmp");
    }

    /** Begins again if the stored initialization segment differs: it does not fit to new segments. */
    public void compare(
            @Variable("conversion") Conversion conversion,
            @ExchangeProperty("encrypted") EncryptedFile file,
            @Variable("workspace") Workspace workspace)
            throws IOException {
        if (Files.mismatch(storedInit(file, workspace), file.file().toPath()) >= 0) {
            LOG.warn("what is stored does not fit to what is written; the conversion begins again");
            conversion.restart();
        }
    }

    /** Deletes the local files of a stored segment, and reports progress. */
    public void stored(
            @Variable("conversion") Conversion conversion,
            @ExchangeProperty("encrypted") EncryptedFile file,
            @Variable("work") WorkControl work)
            throws IOException {
        Files.delete(file.file().toPath());
        Files.delete(file.clear().file());
        if (!file.clear().isInit()) {
            conversion.stored(file.clear(), file.bytes());
            work.reached(conversion.percent(FIRST_PERCENT, LAST_PERCENT));
        }
    }

    /** ffmpeg has ended. */
    public void end(@Variable("conversion") Conversion conversion) {
        conversion.end();
    }

    /** A branch has failed; the other one ends. */
    public void fail(
            @Variable("conversion") Conversion conversion,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        conversion.fail(failure instanceof RuntimeException known ? known : new IllegalStateException(failure));
    }

    /**
     * Both branches have ended.
     *
     * @return the same conversion, finished; or one from the film's start
     * @throws RuntimeException that of the branch that failed first
     * @throws NotAFilmException if no frame could be decoded
     */
    public Conversion next(@Variable("conversion") Conversion conversion, @Variable("workspace") Workspace workspace) {
        workspace.abandon(null);
        workspace.ensureHeld();
        if (conversion.isRestarted()) {
            return conversion.again();
        }
        conversion.finish();
        boolean empty = conversion.plan().renditions().stream()
                .anyMatch(rendition -> conversion.segments(rendition).isEmpty());
        if (empty) {
            throw new NotAFilmException("no part of the film could be decoded");
        }
        return conversion;
    }
}
