package routes.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import routes.aws.JobQueue;
import routes.aws.PresignedLinks;
import routes.failure.MalformedMessageException;

/**
 * The behaviour of one kind of jobs, one bean per kind. Code that is the same for all kinds calls it. Its requests come
 * through a queue of its own, and the route {@code direct:<name>-job} does its work.
 * See docs/decisions/0002.
 */
public interface JobType {
    /**
     * An outcome of jobs of this type.
     *
     * @param name as published and counted
     * @param isSuccess whether the job becomes DONE or FAILED
     * @param reason for clients, if there is no more specific one; null for a success
     */
    record Outcome(String name, boolean isSuccess, String reason) {}

    /** @return lower-case letters, digits and '-': the job's {@code type}, a part of route ids, a metric label */
    String name();

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

    /** @return names of the steps that its routes report, in order; empty if they vary */
    default List<String> steps() {
        return List.of();
    }

    /** @return when a waiting job gives up at the latest; empty if it does not */
    default Optional<Instant> deadline(Job job) {
        return Optional.empty();
    }

    /** @return all outcomes; each is counted from 0 */
    List<Outcome> outcomes();

    /**
     * Decides a job that a retry cannot help.
     *
     * @param request with null for fields that could not be read
     * @param reason without internal details
     */
    JobOutcome fail(Job job, JobRequest request, String reason);

    /**
     * @param failure permanent
     * @return why the job failed, without internal details; empty if the type has no more specific reason
     */
    default Optional<String> reason(Exception failure) {
        return Optional.empty();
    }

    /** @return the keys of all objects that may have been stored for a job; a cancel removes them */
    List<String> objects(Job job);

    /** @return the key of the object that represents the whole result, or empty */
    Optional<String> mainObject(Job job);

    /**
     * @param job succeeded
     * @return its result as clients see it, a record that becomes JSON; null if there is none
     */
    Object result(Job job, PresignedLinks links);

    /** @return the query parameter of its subject in lists, such as {@code cameraId} */
    String subjectName();

    /** @return the sinks of the decided document, in order; each is a route {@code direct:publish-to-<sink>} */
    List<String> sinks();

    /** @return empty for an outcome that this type no longer has */
    default Optional<Outcome> outcome(String name) {
        return outcomes().stream()
                .filter(outcome -> outcome.name().equals(name))
                .findFirst();
    }
}
