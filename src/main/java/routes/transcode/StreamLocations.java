package routes.transcode;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
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
     * @return a prefix for the files of MediaConvert, which no other run has
     * @throws PrefixTakenException if too many runs have claimed one at this moment
     */
    String choose(Job job) {
        if (!isEarlier) {
            return OutputPath.of(job.id(), job.run()).prefix();
        }
        String film = job.subject().startsWith(UPLOADS) ? job.subject().substring(UPLOADS.length()) : job.subject();
        Instant now = clock.instant();
        return IntStream.range(0, MOST_SECONDS)
                .mapToObj(second -> film + "_" + TIME.format(now.plusSeconds(second)) + "/")
                .filter(prefix -> claims.claim(prefix, job))
                .findFirst()
                .orElseThrow(() -> new PrefixTakenException(job.id()));
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
