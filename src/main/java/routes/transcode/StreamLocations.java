package routes.transcode;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import routes.jobs.Job;
import routes.settings.Settings;
import routes.transcode.hls.OutputPath;
import routes.transcode.mediaconvert.EngineDetails;

/** Where the runs of a job store their streams. */
@Component
class StreamLocations {
    private static final String UPLOADS = "uploads/";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private final boolean isEarlier;

    StreamLocations(Settings settings) {
        this.isEarlier = settings.mediaConvert().hasEarlierPath();
    }

    /** @return of the current run */
    OutputPath of(Job job) {
        String kept = EngineDetails.of(job.details()).prefix();
        if (kept != null) {
            return ofPrefix(job.id(), job.run(), kept);
        }
        return isEarlier && TranscodeRequest.isElsewhere(job) ? earlier(job) : OutputPath.of(job.id(), job.run());
    }

    private static OutputPath earlier(Job job) {
        String film = job.subject().startsWith(UPLOADS) ? job.subject().substring(UPLOADS.length()) : job.subject();
        // the same for each try of a run
        Instant time = job.started() == null ? job.createdAt() : job.started();
        return OutputPath.ofEarlier(film + "_" + TIME.format(time) + "/");
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
