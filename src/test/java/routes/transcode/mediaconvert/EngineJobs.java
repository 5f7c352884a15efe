package routes.transcode.mediaconvert;

import java.time.Instant;
import java.util.List;
import routes.jobs.Job;
import routes.jobs.JobStatus;

/** Transcodes by MediaConvert without a table. */
final class EngineJobs {
    static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    private EngineJobs() {}

    /** @return of run 2, with the details that it has from CreateJob on, and the lease of a process if it is RUNNING */
    static Job job(JobStatus status, String engineId) {
        boolean isRunning = status == JobStatus.RUNNING;
        return new Job(
                "film",
                "transcode",
                "uploads/film.mp4",
                null,
                null,
                status,
                "{\"jobId\":\"film\",\"inputFile\":\"uploads/film.mp4\",\"engine\":\"mediaconvert\"}",
                "{}",
                0,
                2,
                NOW,
                null,
                NOW,
                1,
                null,
                List.of(),
                isRunning ? "a process" : null,
                isRunning ? NOW.plusSeconds(30) : null,
                status.isTerminal() ? null : NOW.plusSeconds(300),
                0,
                null,
                false,
                null,
                null,
                List.of(),
                null,
                null,
                engineId,
                "{\"prefix\":\"transcodes/film/2/\",\"warnings\":[]}",
                null,
                null);
    }
}
