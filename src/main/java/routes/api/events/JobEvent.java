package routes.api.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import routes.jobs.Job;
import routes.jobs.JobStatus;

/**
 * The state of a job in the form of a Server-Sent Event. All listeners share it.
 *
 * @param text the lines of the event
 */
record JobEvent(String jobId, String text) {
    /** The fields of a job that a list shows, as in the contract. */
    record Data(
            String jobId,
            String type,
            String subject,
            JobStatus status,
            String outcome,
            int progress,
            String step,
            String title,
            int run,
            Instant createdAt,
            Instant nextCheckAt,
            Instant endedAt) {}

    static JobEvent of(Job job, EventId id, ObjectMapper json) {
        try {
            String data = json.writeValueAsString(new Data(
                    job.id(),
                    job.type(),
                    job.subject(),
                    job.status(),
                    job.outcome(),
                    job.progress(),
                    job.step(),
                    job.title(),
                    job.run(),
                    job.createdAt(),
                    job.nextCheckAt(),
                    job.ended()));
            return new JobEvent(job.id(), "id: " + id + "\nevent: job\ndata: " + data + "\n\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a job cannot be serialized", e);
        }
    }
}
