package routes.transcode.mediaconvert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import routes.jobs.JobStatus;
import routes.support.TestJobs;

class MediaConvertJobsTest {
    @Test
    void theTokenOfARunIsTheSameForEachTry() {
        assertThat(MediaConvertJobs.token(EngineJobs.job(JobStatus.RUNNING, null)))
                .isEqualTo("film-2");
    }

    @Test
    void aLongIdHasAShortToken() {
        String token = MediaConvertJobs.token(TestJobs.running("x".repeat(128), EngineJobs.NOW));

        assertThat(token)
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(MediaConvertJobs.token(TestJobs.running("x".repeat(127), EngineJobs.NOW)));
    }
}
