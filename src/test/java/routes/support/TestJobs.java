package routes.support;

import java.time.Instant;
import java.util.List;
import routes.jobs.Job;
import routes.jobs.JobStatus;

/** Jobs without a table. */
public final class TestJobs {
    private TestJobs() {}

    /** @return a running clip job owned by {@code me}, with a lease of a minute */
    public static Job running(String id, Instant asked) {
        Instant until = asked.plusSeconds(60);
        return new Job(
                id,
                "clip",
                "camera",
                null,
                null,
                JobStatus.RUNNING,
                "{}",
                "{}",
                0,
                1,
                asked,
                null,
                asked,
                0,
                null,
                List.of(),
                "me",
                until,
                until,
                0,
                null,
                false,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
