package routes.jobs;

/**
 * The end of a job.
 *
 * @param name one of its type's outcomes
 * @param event the document to publish; its {@code eventId} is the job's {@link Job#eventIdOfRun()}
 * @param result as JSON that only its type reads, or null
 * @param error public reason, or null
 */
public record JobOutcome(String name, String event, String result, String error) {}
