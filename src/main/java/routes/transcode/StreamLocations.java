package routes.transcode;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import routes.jobs.Job;
import routes.jobs.PrefixClaims;
import routes.settings.Settings;
import routes.transcode.hls.OutputPath;
import routes.transcode.mediaconvert.EngineDetails;

/** Where the runs of a job store their streams. */
@Component
class StreamLocations {
    private static final String UPLOADS = "uploads/";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    /** A folder that may be the prefix of another run. */
    private static final Pattern PREFIX_OF_A_RUN = Pattern.compile("_\\d{14}/");

    /** Runs of one film's name that may begin in the same second. */
    private static final int MOST_SECONDS = 60;

    private final PrefixClaims claims;
    private final Clock clock;
    private final boolean isEarlier;

    StreamLocations(PrefixClaims claims, Clock clock, Settings settings) {
        this.claims = claims;
        this.clock = clock;
        this.isEarlier = settings.mediaConvert().hasEarlierPath();
    }

    /** @return of the current run; until one was chosen, that which has the job's id, below which nothing of others is */
    OutputPath of(Job job) {
        String kept = EngineDetails.of(job.details()).prefix();
        return kept == null ? OutputPath.of(job.id(), job.run()) : ofPrefix(job.id(), job.run(), kept);
    }

    /**
     * A removal takes everything below a prefix. So a name that would put a prefix below one of the other form, or below
     * one of a different run, gets that of the default path.
     *
     * @return a prefix for the files of MediaConvert, which neither contains nor is below that of another run
     * @throws PrefixTakenException if too many runs have claimed one at this moment
     */
    String choose(Job job) {
        String film = job.subject().startsWith(UPLOADS) ? job.subject().substring(UPLOADS.length()) : job.subject();
        if (!isEarlier || mayBeBelowAnother(film)) {
            return OutputPath.of(job.id(), job.run()).prefix();
        }
        Instant now = clock.instant();
        return IntStream.range(0, MOST_SECONDS)
                .mapToObj(second -> film + "_" + TIME.format(now.plusSeconds(second)) + "/")
                .filter(prefix -> claims.claim(prefix, job))
                .findFirst()
                .orElseThrow(() -> new PrefixTakenException(job.id()));
    }

    private static boolean mayBeBelowAnother(String film) {
        return film.startsWith(OutputPath.STREAMS)
                || PREFIX_OF_A_RUN.matcher(film).find();
    }

    /** @param prefix of the stream of a run */
    static OutputPath ofPrefix(String jobId, int run, String prefix) {
        OutputPath own = OutputPath.of(jobId, run);
        return own.prefix().equals(prefix) ? own : OutputPath.ofEarlier(prefix);
    }

    /** @return the prefixes of earlier runs, which the id of the job gives */
    List<String> ofEarlierRuns(Job job) {
        return IntStream.range(1, job.run())
                .mapToObj(run -> OutputPath.of(job.id(), run).prefix())
                .toList();
    }
}
