package routes.transcode;

import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import routes.aws.PresignedLinks;
import routes.jobs.Job;
import routes.jobs.JobType;

/** Transcodes while no queue of them is set: those of earlier are listed and shown, none is worked on. */
@Component
@Conditional(TranscodeSwitch.Off.class)
class PastTranscodeJobType implements JobType {
    private final TranscodeResults results;

    PastTranscodeJobType(TranscodeResults results) {
        this.results = results;
    }

    @Override
    public String name() {
        return TranscodeJobType.NAME;
    }

    @Override
    public List<Outcome> outcomes() {
        return TranscodeOutcome.all();
    }

    @Override
    public List<String> objects(Job job) {
        return List.of();
    }

    @Override
    public Optional<String> mainObject(Job job) {
        return Optional.empty();
    }

    @Override
    public Object result(Job job, PresignedLinks links) {
        return results.view(job);
    }

    @Override
    public Optional<String> errorCode(Job job) {
        return results.errorCode(job);
    }

    @Override
    public String subjectName() {
        return TranscodeJobType.SUBJECT;
    }
}
