package routes.jobs;

/**
 * How a job ends.
 *
 * @param name one of its type's outcomes
 * @param event the document that is published; its {@code eventId} is the job's {@link Job#eventIdOfRun()}
 * @param result what was made, as JSON that only its type reads, or null
 * @param error a reason fit for strangers, or null
 */
public record JobOutcome(String name, String event, String result, String error) {}
