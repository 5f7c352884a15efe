package routes.jobs;

/**
 * How a job ends.
 *
 * @param succeeded whether it is DONE or FAILED once it is announced
 * @param event the document to announce
 * @param eventId the same for every announcement of this ending
 * @param result what was made, as JSON, or null
 * @param error a reason fit for strangers, or null
 */
public record JobOutcome(
        boolean succeeded, String outcome, String event, String eventId, String result, String error) {}
