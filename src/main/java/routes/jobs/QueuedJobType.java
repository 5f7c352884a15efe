package routes.jobs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import routes.aws.JobQueue;
import routes.failure.MalformedMessageException;

/**
 * A job type whose requests come through a queue of its own. The route {@code direct:<name>-job} does its work, and its
 * outcomes are published.
 */
public interface QueuedJobType extends JobType {
    /** @return the source of its requests, to which waiting requests are sent again */
    JobQueue queue();

    /**
     * @return the requests in a message, each as text
     * @throws MalformedMessageException if there are none
     */
    default List<String> unwrap(String message) {
        return List.of(message);
    }

    /** @throws MalformedMessageException names the first invalid field */
    JobRequest read(String text);

    /** @throws MalformedMessageException if it has no id */
    DeadLetter readDeadLetter(String text);

    /**
     * @param request from {@link JobRequest#identity()}
     * @param message from {@link JobRequest#message()}
     * @return the text of a message that is read as both
     */
    String write(String request, String message);

    /**
     * @param job to be retried
     * @return a JSON object: the rest of the first message of its next run
     */
    String firstMessage(Job job);

    /** @return why no retry of a job can succeed, for its client; empty if one may */
    default Optional<String> retryRefusal(Job job) {
        return Optional.empty();
    }

    /**
     * Decides a job that a retry cannot help.
     *
     * @param request with null for fields that could not be read
     * @param reason without internal details
     */
    JobOutcome fail(Job job, JobRequest request, String reason);

    /**
     * Decides a job that failed permanently.
     *
     * @param reason without internal details
     * @param cause not a wrapper of Camel
     */
    default JobOutcome fail(Job job, JobRequest request, String reason, Throwable cause) {
        return fail(job, request, reason);
    }

    /** @return message attributes of its documents in SNS, by name, in addition to {@code type} and {@code status} */
    default Map<String, String> attributes(Job job) {
        return Map.of();
    }

    /** @return the sinks of the decided document, in order; each is a route {@code direct:publish-to-<sink>} */
    List<String> sinks();
}
