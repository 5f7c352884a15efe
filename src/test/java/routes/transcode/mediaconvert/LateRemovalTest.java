package routes.transcode.mediaconvert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.aws.PresignedLinks;
import routes.jobs.Job;
import routes.jobs.JobStatus;
import routes.jobs.JobType;
import routes.jobs.JobTypeRegistry;

class LateRemovalTest {
    private static final String PREFIX = "film.mp4_20261129100000/";

    private final LateRemoval removal = new LateRemoval(new JobTypeRegistry(List.of(new Streams())));

    /** Stores run 2, which {@link EngineJobs} makes, below {@link #PREFIX}. */
    private static final class Streams implements JobType {
        @Override
        public String name() {
            return "transcode";
        }

        @Override
        public List<Outcome> outcomes() {
            return List.of();
        }

        @Override
        public List<String> objects(Job job) {
            return List.of();
        }

        @Override
        public List<String> prefixes(Job job) {
            return List.of("transcodes/film/1/", PREFIX);
        }

        @Override
        public Optional<String> mainObject(Job job) {
            return Optional.empty();
        }

        @Override
        public Object result(Job job, PresignedLinks links) {
            return null;
        }

        @Override
        public String subjectName() {
            return "inputFile";
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, film.mp4_20261129100000/, FAILED, true",
        "2, film.mp4_20261129100000/, CANCELLED, true",
        "2, film.mp4_20261129100000/, WAITING, false",
        "2, film.mp4_20261129100000/, DONE, false",
        "1, transcodes/film/1/, WAITING, true",
        "1, transcodes/film/1/, DONE, true",
        "1, film.mp4_20261129100000/, WAITING, false",
        "1, film.mp4_20261129100000/, DONE, false",
        "1, film.mp4_20261129100000/, FAILED, true"
    })
    void onlyWhatBelongsToNoStreamIsRemoved(int run, String prefix, JobStatus status, boolean isRemoved) {
        Job job = EngineJobs.job(status, "1-a");

        Job left = removal.withoutStream(new LateRemoval.Message("film", run, prefix), job);

        assertThat(left != null).isEqualTo(isRemoved);
    }

    @Test
    void aRemovalIsReadAsItWasWritten() {
        String message = removal.message(EngineJobs.job(JobStatus.FAILED, "1-a"), null);

        assertThat(removal.read(message)).isEqualTo(new LateRemoval.Message("film", 2, PREFIX));
        LateRemoval.Message ofEarlierRun = new LateRemoval.Message("film", 1, "transcodes/film/1/");
        assertThat(removal.read(removal.message(EngineJobs.job(JobStatus.FAILED, "1-a"), ofEarlierRun)))
                .isEqualTo(ofEarlierRun);
        assertThat(removal.read("{\"source\":\"aws.mediaconvert\",\"jobId\":\"film\"}"))
                .isNull();
        assertThat(removal.withoutStream(new LateRemoval.Message("film", 2, PREFIX), null))
                .isNull();
    }
}
