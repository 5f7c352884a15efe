package routes.snapshot;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import routes.aws.PresignedLinks;
import routes.jobs.Job;
import routes.jobs.JobType;

/** The job type of stored snapshots. Its jobs have no queue: they are written with their end. */
@Component
class SnapshotJobType implements JobType {
    static final String NAME = "snapshot";
    static final String AVAILABLE = "SNAPSHOT_AVAILABLE";
    static final String NOT_AVAILABLE = "SNAPSHOT_NOT_AVAILABLE";
    static final String FAILED = "SNAPSHOT_FAILED";

    private final SnapshotResults results;

    SnapshotJobType(SnapshotResults results) {
        this.results = results;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Outcome> outcomes() {
        return List.of(
                new Outcome(AVAILABLE, true, null),
                new Outcome(NOT_AVAILABLE, false, "there is no frame"),
                new Outcome(FAILED, false, "the snapshot could not be taken"));
    }

    /** The lifecycle of the bucket removes them. */
    @Override
    public List<String> objects(Job job) {
        return List.of();
    }

    /** Its bucket may be another one than that of the links here. */
    @Override
    public Optional<String> mainObject(Job job) {
        return Optional.empty();
    }

    @Override
    public Object result(Job job, PresignedLinks links) {
        return results.view(job);
    }

    @Override
    public String subjectName() {
        return "cameraId";
    }
}
