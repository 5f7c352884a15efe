package routes.transcode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.jobs.Job;
import routes.jobs.JobOutcome;
import routes.settings.Settings;
import routes.transcode.hls.ContentKey;
import routes.transcode.hls.OutputPath;
import routes.transcode.hls.StoredStream;
import routes.transcode.mediaconvert.EngineDetails;

/** The part of the job lifecycle that is specific to transcodes; each method is one step of a route. */
@Component("transcodeJobs")
public class TranscodeJobs {
    /** Within it, processes with different settings may be there. */
    private static final Duration ROLLOUT = Duration.ofMinutes(15);

    private final TranscodeResults results;
    private final StreamLocations locations;
    private final boolean hasMediaConvert;
    private final Clock clock;

    TranscodeJobs(TranscodeResults results, StreamLocations locations, Settings settings, Clock clock) {
        this.results = results;
        this.locations = locations;
        this.hasMediaConvert = settings.usesMediaConvert();
        this.clock = clock;
    }

    /**
     * @throws EngineAbsentException if the engine of the request is not configured here, and the run began at most 15
     *     minutes ago
     * @throws EngineOffException if it began before
     */
    public void ensureEngine(@Variable("request") TranscodeRequest request, @Variable("job") Job job) {
        if (!isElsewhere(request) || hasMediaConvert) {
            return;
        }
        Instant begin = job.started() == null ? job.createdAt() : job.started();
        if (clock.instant().isAfter(begin.plus(ROLLOUT))) {
            throw new EngineOffException(request.jobId());
        }
        throw new EngineAbsentException(request.jobId());
    }

    /** @return where this run stores its stream */
    public OutputPath output(@Variable("job") Job job) {
        return locations.of(job);
    }

    /** @return the job with the prefix of MediaConvert's files, which no other run has; not written yet */
    public Job withPrefix(@Variable("job") Job job) {
        String details = EngineDetails.of(job.details())
                .withPrefix(locations.choose(job))
                .text();
        return job.with(job.engineId(), job.progress(), details);
    }

    /** @return whether MediaConvert converts the film, not this service */
    public boolean isElsewhere(@Variable("request") TranscodeRequest request) {
        return request.engine().equals(TranscodeRequest.MEDIACONVERT);
    }

    /** @return whether there is a job that MediaConvert never converts */
    public boolean isForeign(@ExchangeProperty("converted") Job job) {
        return job != null && !(TranscodeResults.isStream(job) && TranscodeRequest.isElsewhere(job));
    }

    /** @return the content of the key file, which no text form shows */
    public InputStream keyFile(@Variable("contentKey") ContentKey key) {
        return new ByteArrayInputStream(key.bytes());
    }

    /** @return the content of {@code info.json} */
    public byte[] info(@Variable("stream") StoredStream stream, @Variable("output") OutputPath output) {
        return results.info(stream, output).getBytes(StandardCharsets.UTF_8);
    }

    /** @return the prefixes of earlier runs */
    public List<String> otherPrefixes(@Variable("job") Job job) {
        return locations.ofEarlierRuns(job);
    }

    /** @return the outcome of a job whose stream is stored */
    public JobOutcome outcome(
            @Variable("job") Job job, @Variable("stream") StoredStream stream, @Variable("output") OutputPath output) {
        ObjectNode result = results.document(stream, output);
        TranscodeOutcome outcome = TranscodeOutcome.STREAM_AVAILABLE;
        return new JobOutcome(outcome.name(), TranscodeEvents.document(job, outcome, result), result.toString(), null);
    }
}
