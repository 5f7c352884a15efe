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
        return running(id, "clip", "camera", "{}", asked);
    }

    /** @return likewise a running transcode by MediaConvert */
    public static Job transcode(String id, String inputFile, Instant asked) {
        String request = "{\"jobId\":\"" + id + "\",\"inputFile\":\"" + inputFile + "\",\"engine\":\"mediaconvert\"}";
        return running(id, "transcode", inputFile, request, asked);
    }

    private static Job running(String id, String type, String subject, String request, Instant asked) {
        Instant until = asked.plusSeconds(60);
        return new Job(
                id,
                type,
                subject,
                null,
                null,
                JobStatus.RUNNING,
                request,
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
