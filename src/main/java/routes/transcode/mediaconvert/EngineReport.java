package routes.transcode.mediaconvert;

import routes.jobs.Job;

/**
 * What MediaConvert reports of one of its jobs, by an event or as an answer.
 *
 * @param engineId of its job
 * @param jobId of ours, from the metadata of its job; null if it has none
 * @param run likewise; 0 if it has none
 * @param status of the event, such as STATUS_UPDATE
 * @param progress 0 to 99; -1 if the report has none
 * @param film null if the report has none
 * @param warning null if the report has none
 * @param end null while the job goes on
 */
public record EngineReport(
        String engineId,
        String jobId,
        int run,
        String status,
        int progress,
        FilmFormat film,
        EngineWarning warning,
        EngineEnd end) {
    static final int NO_PROGRESS = -1;

    /** @param job of which nothing new is known */
    static EngineReport withoutNews(Job job) {
        return new EngineReport(job.engineId(), job.id(), job.run(), "UNKNOWN", NO_PROGRESS, null, null, null);
    }

    EngineReport about(String ourJobId, int ourRun) {
        return new EngineReport(engineId, ourJobId, ourRun, status, progress, film, warning, end);
    }

    /** @return whether its job has ended */
    public boolean isEnd() {
        return end != null;
    }
}
