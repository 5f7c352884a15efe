package routes.transcode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.jobs.Job;
import routes.jobs.JobOutcome;
import routes.transcode.hls.ContentKey;
import routes.transcode.hls.OutputPath;
import routes.transcode.hls.StoredStream;

/** The part of the job lifecycle that is specific to transcodes; each method is one step of a route. */
@Component("transcodeJobs")
public class TranscodeJobs {
    private final TranscodeResults results;

    TranscodeJobs(TranscodeResults results) {
        this.results = results;
    }

    /** @return where this run stores its stream */
    public OutputPath output(@Variable("job") Job job) {
        return OutputPath.of(job.id(), job.run());
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
        return IntStream.range(1, job.run())
                .mapToObj(run -> OutputPath.of(job.id(), run).prefix())
                .toList();
    }

    /** @return the outcome of a job whose stream is stored */
    public JobOutcome outcome(
            @Variable("job") Job job, @Variable("stream") StoredStream stream, @Variable("output") OutputPath output) {
        ObjectNode result = results.document(stream, output);
        TranscodeOutcome outcome = TranscodeOutcome.STREAM_AVAILABLE;
        return new JobOutcome(outcome.name(), TranscodeEvents.document(job, outcome, result), result.toString(), null);
    }
}
