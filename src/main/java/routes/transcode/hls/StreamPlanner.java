package routes.transcode.hls;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.failure.NotAFilmException;
import routes.mp4.EncryptionLabel;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.SampleEntry;
import routes.mp4.Track;
import routes.scratch.ScratchSpace;
import routes.scratch.Workspace;
import routes.settings.Settings;

/** Plans the stream of a film from its sample tables. */
@Component("streamPlanner")
public class StreamPlanner {
    private static final Logger LOG = LoggerFactory.getLogger(StreamPlanner.class);
    /** An encoder that is slower than this, as a multiple of the film's length, has stalled. */
    private static final int SLOWEST = 20;

    private final Settings.Transcode settings;
    private final ScratchSpace scratch;

    StreamPlanner(Settings settings, ScratchSpace scratch) {
        this.settings = settings.transcode();
        this.scratch = scratch;
    }

    /**
     * @return null if its tables cannot be read
     * @throws NotAFilmException if it has neither picture nor sound, or is encrypted
     */
    public StreamPlan plan(@Variable("film") Film film) throws IOException {
        if (EncryptionLabel.read(film.file())) {
            throw new NotAFilmException("the film is encrypted");
        }
        try {
            return plan(film, Movie.read(film.file()));
        } catch (MalformedMp4Exception e) {
            LOG.info("the film has no readable tables: {}", e.getMessage());
            return null;
        }
    }

    /** The same for a remuxed film. */
    public StreamPlan planRemuxed(@Variable("film") Film film) throws IOException {
        StreamPlan plan = plan(film);
        if (plan == null) {
            throw new NotAFilmException("the film could not be read");
        }
        return plan;
    }

    /**
     * Reserves scratch space for the output, and allows time in proportion to the film.
     *
     * @throws routes.failure.ScratchFullException if there is no room now
     */
    public void reserve(@Variable("streamPlan") StreamPlan plan, @Variable("workspace") Workspace workspace) {
        scratch.reserveOutput(workspace, plan.expectedBytes());
        workspace.allow(Duration.ofMillis(SLOWEST * plan.times().length() / 1000));
    }

    private StreamPlan plan(Film film, Movie movie) throws IOException {
        FilmTimes times = FilmTimes.of(movie);
        boolean hasPicture = times.frames().findFirst().isPresent();
        if (!hasPicture && movie.audio().isEmpty()) {
            throw new NotAFilmException("the film has neither picture nor sound");
        }
        boolean soundCopied = CopyCheck.isSoundCopied(movie);
        if (!hasPicture) {
            Rendition sound = new Rendition(Rendition.AUDIO, 0, 0, 0);
            return plan(film, times, List.of(sound), Keyframes.ofSound(times), soundCopied, true);
        }
        SampleEntry entry = movie.pictures().get(0).entry();
        // a picture of another codec was encoded before, at a rate that is far too high to be played
        if (!film.isPictureEncoded() && CopyCheck.isCopied(movie, times, film.bytes())) {
            Rendition copy = new Rendition(Rendition.COPY, entry.width(), entry.height(), 0);
            boolean independent = CopyCheck.isIndependent(film, movie.pictures().get(0));
            return plan(film, times, List.of(copy), Keyframes.copied(times), soundCopied, independent);
        }
        List<Long> starts = Keyframes.encoded(times, film.bytes());
        return plan(film, times, ladder(movie.pictures().get(0)), starts, false, true);
    }

    private StreamPlan plan(
            Film film,
            FilmTimes times,
            List<Rendition> renditions,
            List<Long> starts,
            boolean soundCopied,
            boolean independent) {
        return new StreamPlan(film, times, settings.segments(), renditions, starts, soundCopied, independent);
    }

    private List<Rendition> ladder(Track video) {
        double width = Math.max(2, video.entry().width()) * shape(video.pixelShape());
        double height = Math.max(2, video.entry().height());
        boolean turned = video.matrix().isQuarterTurn();
        return Ladder.of(turned ? height : width, turned ? width : height, settings.heights());
    }

    /** @param pixelShape such as 12/11; square if empty */
    private static double shape(String pixelShape) {
        if (pixelShape.isEmpty()) {
            return 1;
        }
        String[] sides = pixelShape.split("/", 2);
        return Double.parseDouble(sides[0]) / Double.parseDouble(sides[1]);
    }
}
