package routes.jobs;

/**
 * One request that ended in a dead-letter queue.
 *
 * @param request with null in place of what cannot be read, but never without an id
 * @param identity what its job is known by; an unreadable request never has the identity of a readable one
 * @param reason why it became a dead letter, fit for strangers
 */
public record DeadLetter(JobRequest request, String identity, String reason) {}
