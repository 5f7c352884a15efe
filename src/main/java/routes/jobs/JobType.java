package routes.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import routes.aws.PresignedLinks;

/**
 * The behaviour of one kind of jobs, one bean per kind. Code that is the same for all kinds calls it. Jobs of a {@link
 * QueuedJobType} wait for a worker; those of another type are written once, when they have ended.
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

    /** @return names of the steps that its routes report for a job, in order; empty if they vary */
    default List<String> steps(Job job) {
        return List.of();
    }

    /** @return when a waiting job gives up at the latest; empty if it does not */
    default Optional<Instant> deadline(Job job) {
        return Optional.empty();
    }

    /** @return all outcomes; each is counted from 0 */
    List<Outcome> outcomes();

    /**
     * @param failure permanent
     * @return why the job failed, without internal details; empty if the type has no more specific reason
     */
    default Optional<String> reason(Exception failure) {
        return Optional.empty();
    }

    /** @return the keys of all objects that may have been stored for a job; a cancel removes them */
    List<String> objects(Job job);

    /**
     * @return the prefixes below which objects of the job are stored, each ending in '/'. A cancel removes all of them; so
     *     does a failure, before it is published
     */
    default List<String> prefixes(Job job) {
        return List.of();
    }

    /** @return the bucket of {@link #prefixes} */
    default Optional<String> bucket() {
        return Optional.empty();
    }

    /** Stops what another service still does for this run of a cancelled job. It is called again if it fails. */
    default void stop(Job job) {}

    /** @return whether objects may still be stored after the job has been cancelled or has failed */
    default boolean storesLate(Job job) {
        return false;
    }

    /** @return the code of the failure of a job that failed, if it is not the outcome */
    default Optional<String> errorCode(Job job) {
        return Optional.empty();
    }

    /** Forgets what else was kept for this run of a cancelled or failed job. It is called again if it fails. */
    default void forget(Job job) {}

    /** @return the key of the object that represents the whole result, or empty */
    Optional<String> mainObject(Job job);

    /**
     * @param job succeeded
     * @return its result as clients see it, a record that becomes JSON; null if there is none
     */
    Object result(Job job, PresignedLinks links);

    /** @return the query parameter of its subject in lists, such as {@code cameraId} */
    String subjectName();

    /** @return empty for an outcome that this type no longer has */
    default Optional<Outcome> outcome(String name) {
        return outcomes().stream()
                .filter(outcome -> outcome.name().equals(name))
                .findFirst();
    }
}
