package routes.jobs;

/**
 * A request that ended in a dead-letter queue.
 *
 * @param request its fields are null if they cannot be read; it always has an id
 * @param identity of its job; an unreadable request never has the identity of a readable one
 * @param reason why it became a dead letter, without internal details
 */
public record DeadLetter(JobRequest request, String identity, String reason) {}
