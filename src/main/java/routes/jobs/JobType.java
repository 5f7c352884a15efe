package routes.jobs;

import java.util.List;
import java.util.Optional;
import routes.aws.JobQueue;
import routes.aws.PresignedLinks;
import routes.failure.MalformedMessageException;

/**
 * What only one kind of job knows. A bean a kind: everything that is the same for all kinds asks it. Its requests come
 * through a queue of its own, and the route {@code direct:<name>-job} does its work.
 * See docs/decisions/0002.
 */
public interface JobType {
    /**
     * An outcome that a job of this type may have.
     *
     * @param name as it is announced and counted
     * @param isSuccess whether the job is DONE or FAILED with it
     * @param reason for clients that have nothing more exact, or null for a success
     */
    record Outcome(String name, boolean isSuccess, String reason) {}

    /** @return lower-case letters, digits and '-': the job's {@code type}, part of route ids, a label of metrics */
    String name();

    /** @return from which its requests come, and to which what waits is sent again */
    JobQueue queue();

    /**
     * @return the requests in a message, each still as text
     * @throws MalformedMessageException when there are none
     */
    default List<String> unwrap(String message) {
        return List.of(message);
    }

    /** @throws MalformedMessageException names the first field that is wrong */
    JobRequest read(String text);

    /** @throws MalformedMessageException when it has no id that could be answered */
    DeadLetter readDeadLetter(String text);

    /**
     * @param request as {@link JobRequest#identity()} gave it
     * @param message as {@link JobRequest#message()} gave it
     * @return the text of a message that is read as both
     */
    String write(String request, String message);

    /**
     * @param job that is tried again
     * @return a JSON object: what the first message of its next run holds besides the request
     */
    String firstMessage(Job job);

    /** @return all that there are; each is counted from 0 */
    List<Outcome> outcomes();

    /**
     * Ends a job that no other try can help.
     *
     * @param request of one that cannot be read, what could be read
     * @param reason fit for strangers
     */
    JobOutcome fail(Job job, JobRequest request, String reason);

    /**
     * @param failure that no other try can help
     * @return why the job failed, fit for strangers; empty where the type knows nothing more exact than others
     */
    default Optional<String> reason(Exception failure) {
        return Optional.empty();
    }

    /** @return the keys of all objects that may have been stored for a job; they are removed where it is cancelled */
    List<String> objects(Job job);

    /** @return the key of the object that stands for the whole result, or empty */
    Optional<String> mainObject(Job job);

    /**
     * @param job has succeeded
     * @return its result as clients see it, a record that becomes JSON; null where there is none
     */
    Object result(Job job, PresignedLinks links);

    /** @return the query parameter by which its jobs are listed, such as {@code cameraId}; it names their subject */
    String subjectName();

    /** @return to which routes {@code direct:publish-to-<sink>} the decided document goes, in this order */
    List<String> sinks();

    /** @return empty for an outcome that this type has no more */
    default Optional<Outcome> outcome(String name) {
        return outcomes().stream()
                .filter(outcome -> outcome.name().equals(name))
                .findFirst();
    }
}
