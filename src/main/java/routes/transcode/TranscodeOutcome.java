package routes.transcode;

import java.util.List;
import java.util.stream.Stream;
import routes.jobs.JobType;

/** Outcome of a transcode. The names are part of the published event. */
enum TranscodeOutcome {
    STREAM_AVAILABLE(null),
    NOT_A_FILM("the file is not a film"),
    INPUT_FILE_MISSING("the input file does not exist"),
    STREAM_FAILED("there is no stream");

    private final String reason;

    TranscodeOutcome(String reason) {
        this.reason = reason;
    }

    /** @return all of them, as a job type describes them */
    static List<JobType.Outcome> all() {
        return Stream.of(values())
                .map(outcome -> new JobType.Outcome(outcome.name(), outcome == STREAM_AVAILABLE, outcome.reason))
                .toList();
    }
}
