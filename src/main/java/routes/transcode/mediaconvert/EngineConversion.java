package routes.transcode.mediaconvert;

import java.util.List;
import org.apache.camel.Variable;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import routes.jobs.Job;
import routes.transcode.hls.ContentKey;
import routes.transcode.hls.OutputPath;
import routes.transcode.hls.StoredStream;

/** The conversion of a film by MediaConvert; each method is one step of a route. */
@Component("engineConversion")
@Conditional(MediaConvertSwitch.class)
public class EngineConversion {
    private final MediaConvertJobs conversions;
    private final EngineErrors errors;

    EngineConversion(MediaConvertJobs conversions, EngineErrors errors) {
        this.conversions = conversions;
        this.errors = errors;
    }

    /**
     * @return the id of MediaConvert's job that an earlier try created; null if there is none
     * @throws ConversionFailedException if MediaConvert refuses to search
     */
    public String find(@Variable("job") Job job) {
        return conversions.find(job).orElse(null);
    }

    /**
     * @return the id of a new job of MediaConvert
     * @throws ConversionFailedException if MediaConvert refuses it
     */
    public String create(
            @Variable("job") Job job,
            @Variable("output") OutputPath output,
            @Variable("contentKey") ContentKey contentKey) {
        return conversions.create(job, output, contentKey);
    }

    /** @return the job with the id of MediaConvert's; not written yet */
    public Job started(@Variable("job") Job job, @Variable("engineId") String engineId) {
        return job.with(engineId, job.progress(), job.details());
    }

    /**
     * @return the state of MediaConvert's job; without any news if this service may not ask for it
     * @throws ConversionFailedException if it is gone
     */
    public EngineReport ask(@Variable("job") Job job) {
        return conversions.get(job);
    }

    /** @return the job with what MediaConvert answered; not written yet */
    public Job heard(@Variable("job") Job job, @Variable("report") EngineReport report) {
        return job.with(
                job.engineId(),
                report.progress(),
                EngineDetails.of(job.details()).with(report).text());
    }

    /**
     * @return the stream that MediaConvert has stored
     * @throws ConversionFailedException if it has stored none
     */
    public StoredStream stream(@Variable("report") EngineReport report) {
        EngineEnd end = report.end();
        return switch (end.status()) {
            case COMPLETE -> {
                if (end.durationMs() == 0) {
                    throw new ConversionFailedException(
                            report.engineId() + " is complete without an output",
                            "MediaConvert has made no output of the film",
                            null);
                }
                yield new StoredStream(end.durationMs(), end.widthPx(), end.heightPx(), List.of());
            }
            case CANCELED ->
                throw new ConversionFailedException(
                        report.engineId() + " was cancelled", "the conversion was cancelled in MediaConvert", null);
            case ERROR ->
                throw new ConversionFailedException(
                        report.engineId() + ": " + end.errorCode() + " " + end.errorMessage(),
                        errors.text(end.errorCode(), end.errorMessage()),
                        end.errorCode());
        };
    }
}
